package io.leadloom.api;

import io.leadloom.model.Lead;
import io.leadloom.model.Stage;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Leads;
import io.leadloom.rest.Cursor;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists leads stage by stage, latest change first in each. One answer reads a bounded number of
 * leads, whatever the filters leave of them.
 */
@Singleton
final class ListLeads {

  private static final int USUAL = 50;

  private final Leads leads;

  ListLeads(Leads leads) {
    this.leads = leads;
  }

  LeadPage run(TenantId tenant, LeadQuery query) {
    var wanted = query.limit() == null ? USUAL : query.limit();
    var stages = stages(query);
    var position = Position.of(Cursor.position(query.name(), query.cursor()));
    var found = new ArrayList<Lead>();
    var read = 0;
    var next = position;
    while (next != null && found.size() < wanted && read < Filtered.MOST_READ) {
      // One more than is shown tells whether there is more.
      var most =
          query.picks() ? Filtered.BATCH : Math.min(Filtered.BATCH, wanted - found.size() + 1);
      var batch = read(tenant, query, stages.get(next.stage()), next.after(), most);
      var at = next;
      next =
          batch.size() < most
              ? at.stage() + 1 < stages.size() ? new Position(at.stage() + 1, null) : null
              : new Position(at.stage(), Leads.place(batch.getLast()));
      read += batch.size();
      for (var lead : batch) {
        if (found.size() == wanted) {
          // More was read than fits: the next answer begins after the last one shown.
          next = new Position(at.stage(), Leads.place(found.getLast()));
          break;
        }
        if (query.matches(lead)) {
          found.add(lead);
        }
      }
    }
    return new LeadPage(
        found.stream().map(LeadView::of).toList(),
        Cursor.of(query.name(), next == null ? null : next.text()));
  }

  private List<Lead> read(
      TenantId tenant, LeadQuery query, Stage stage, @Nullable String after, int most) {
    return query.wantsDeleted()
        ? leads.deleted(tenant, after, most)
        : leads.inStage(tenant, stage, after, most);
  }

  /** The partitions to read; those that were put away are one, whatever their stage. */
  private static List<Stage> stages(LeadQuery query) {
    if (query.wantsDeleted()) {
      return List.of(Stage.NEW);
    }
    return query.stage() == null ? List.of(Stage.values()) : List.of(query.stage());
  }

  /**
   * Where a list goes on.
   *
   * @param stage which of the stages to read, from 0
   * @param after place of the last lead seen there
   */
  private record Position(int stage, @Nullable String after) {

    static Position of(@Nullable String text) {
      if (text == null) {
        return new Position(0, null);
      }
      var at = text.indexOf(' ');
      var after = text.substring(at + 1);
      return new Position(Integer.parseInt(text.substring(0, at)), after.isEmpty() ? null : after);
    }

    String text() {
      return stage + " " + (after == null ? "" : after);
    }
  }
}
