package io.leadloom.platform;

import io.leadloom.model.LeadId;
import io.leadloom.model.TenantId;
import io.leadloom.model.Touch;
import io.leadloom.model.TouchId;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The touches, which are the send ledger as well: a touch is planned under its effect id, marked as
 * sending before the provider is called, and completed after.
 */
@Singleton
public final class Touches {

  private final Table table;

  Touches(Table table) {
    this.table = table;
  }

  /** Plans a touch unless one of its id is there; tells whether it did. */
  public boolean plan(TenantId tenant, Touch touch) {
    return table.putIfAbsent(item(tenant, touch));
  }

  /**
   * Replaces a touch at the revision that was read; {@link
   * io.leadloom.model.fault.ConflictException} where somebody else was faster.
   */
  public void change(TenantId tenant, Touch touch) {
    table.replace(item(tenant, touch), touch.rev());
  }

  /** The touch of that id. */
  public Optional<Touch> find(TenantId tenant, LeadId lead, TouchId id) {
    return table.get(Keys.touch(tenant, lead, id), Touch.class);
  }

  /** All touches of a lead, by their number. */
  public List<Touch> of(TenantId tenant, LeadId lead) {
    return table.query(Keys.story(tenant, lead), "TOUCH#", Touch.class).stream()
        .sorted(Comparator.comparingInt(Touch::number))
        .toList();
  }

  private static Item item(TenantId tenant, Touch touch) {
    return Item.of(Keys.touch(tenant, touch.lead(), touch.id()), "touch", touch);
  }
}
