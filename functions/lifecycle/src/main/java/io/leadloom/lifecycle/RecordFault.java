package io.leadloom.lifecycle;

import io.leadloom.model.LeadFault;
import io.leadloom.model.LeadId;
import io.leadloom.model.Stage;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Credits;
import io.leadloom.platform.Leads;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Notes the fault that stopped a lead's execution, so that an operator finds it. */
@Singleton
final class RecordFault {

  /** Enough for an error's message; a stack trace is in the log. */
  private static final int MAX_CAUSE = 2_000;

  private final Leads leads;
  private final Credits credits;
  private final Clock clock;

  RecordFault(Leads leads, Credits credits, Clock clock) {
    this.leads = leads;
    this.credits = credits;
    this.clock = clock;
  }

  /** Marks the lead as failed and keeps the fault. */
  void run(TenantId tenant, LeadId id, String execution, String error, String cause) {
    var reason = FaultReason.of(error);
    var now = clock.instant();
    var lead =
        leads.change(
            tenant,
            id,
            seen ->
                seen.stage() == Stage.FAILED && reason.equals(seen.reason())
                    ? seen
                    : seen.at(Stage.FAILED, reason, now));
    // A lead that is redriven reserves another one.
    credits.release(tenant, id);
    // The moment of the change names the fault, so that a repetition writes the same one.
    leads.add(tenant, id, new LeadFault(execution, error, shortened(cause), lead.updatedAt()));
  }

  private static String shortened(String cause) {
    return cause.length() <= MAX_CAUSE ? cause : cause.substring(0, MAX_CAUSE) + "…";
  }
}
