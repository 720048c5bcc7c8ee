package io.leadloom.lifecycle;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.Lead;
import io.leadloom.model.LeadId;
import io.leadloom.model.Stage;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.platform.Audit;
import io.leadloom.platform.Leads;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;

/**
 * Ends a lead's pursuit without a booking. What weighs more stays: a booked lead stays booked, and
 * one that must not be contacted stays so.
 */
@Singleton
final class CloseLead {

  private static final String ACTOR = "step:close-lead";

  private final Leads leads;
  private final Audit audit;
  private final Clock clock;

  CloseLead(Leads leads, Audit audit, Clock clock) {
    this.leads = leads;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Moves the lead to an end, for a reason code.
   *
   * @throws InvalidInputException where {@code end} is not {@code NURTURE}, {@code CLOSED} or
   *     {@code SUPPRESSED}
   */
  void run(TenantId tenant, LeadId id, Stage end, String reason) {
    requireEnd(end);
    var now = clock.instant();
    var lead = leads.change(tenant, id, seen -> closed(seen, end, reason, now));
    if (lead.stage() == end) {
      // The moment of the change, so that a repetition writes the same entry.
      audit.record(
          tenant,
          new AuditEntry(
              lead.updatedAt(), ACTOR, "lead." + lowered(end), id.value(), reasonOf(lead, reason)));
    }
  }

  private static Lead closed(Lead lead, Stage end, String reason, Instant now) {
    return switch (lead.stage()) {
      case BOOKED, SUPPRESSED -> lead;
      case NURTURE, CLOSED ->
          lead.stage() == end && reason.equals(lead.reason()) ? lead : lead.at(end, reason, now);
      case NEW,
          ENRICHED,
          QUALIFIED,
          AWAITING_APPROVAL,
          SCHEDULED,
          CONTACTED,
          IN_CONVERSATION,
          FAILED ->
          lead.at(end, reason, now);
    };
  }

  private static void requireEnd(Stage end) {
    switch (end) {
      case NURTURE, CLOSED, SUPPRESSED -> {}
      case NEW,
          ENRICHED,
          QUALIFIED,
          AWAITING_APPROVAL,
          SCHEDULED,
          CONTACTED,
          IN_CONVERSATION,
          BOOKED,
          FAILED ->
          throw new InvalidInputException(
              "lead.not-an-end",
              "A lead is closed as NURTURE, CLOSED or SUPPRESSED, but not as " + end);
    }
  }

  private static String lowered(Stage stage) {
    return stage.name().toLowerCase(Locale.ROOT);
  }

  private static String reasonOf(Lead lead, String asked) {
    var kept = lead.reason();
    return kept == null ? asked : kept;
  }
}
