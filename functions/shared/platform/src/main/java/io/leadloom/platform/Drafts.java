package io.leadloom.platform;

import io.leadloom.model.Draft;
import io.leadloom.model.DraftId;
import io.leadloom.model.LeadId;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.NotFoundException;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The drafts of each lead; a draft never changes. */
@Singleton
public final class Drafts {

  private final Table table;

  Drafts(Table table) {
    this.table = table;
  }

  /** Keeps a draft unless one of its id is there; tells whether it did. */
  public boolean add(TenantId tenant, Draft draft) {
    return table.putIfAbsent(Item.of(Keys.draft(tenant, draft.lead(), draft.id()), "draft", draft));
  }

  /** The draft of that id. */
  public Optional<Draft> find(TenantId tenant, LeadId lead, DraftId id) {
    return table.get(Keys.draft(tenant, lead, id), Draft.class);
  }

  /** The draft of that id; {@link NotFoundException} where there is none. */
  public Draft get(TenantId tenant, LeadId lead, DraftId id) {
    return find(tenant, lead, id)
        .orElseThrow(
            () -> new NotFoundException("draft.not-found", "There is no draft '" + id + "'"));
  }

  /** All drafts of a lead, oldest first. */
  public List<Draft> of(TenantId tenant, LeadId lead) {
    return table.query(Keys.story(tenant, lead), "DRAFT#", Draft.class).stream()
        .sorted(Comparator.comparing(Draft::at))
        .toList();
  }
}
