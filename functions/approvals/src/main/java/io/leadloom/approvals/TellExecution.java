package io.leadloom.approvals;

import io.leadloom.model.Approval;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.ConflictException;
import io.leadloom.platform.Approvals;
import io.leadloom.platform.Executions;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Tells the waiting execution of a decision, and notes that it was told. */
@Singleton
final class TellExecution {

  private final Approvals approvals;
  private final Executions executions;
  private final Clock clock;

  TellExecution(Approvals approvals, Executions executions, Clock clock) {
    this.approvals = approvals;
    this.executions = executions;
    this.clock = clock;
  }

  /**
   * Tells it.
   *
   * @return whether it waited: false where it was told before, or gave up waiting
   */
  boolean run(TenantId tenant, Approval decided) {
    var waited = executions.resume(decided.taskToken(), ApprovalAnswer.of(decided));
    try {
      approvals.change(tenant, decided.resumed(clock.instant()));
    } catch (ConflictException e) {
      // Somebody noted it before, or gave the approval a new token: then they tell it.
    }
    return waited;
  }
}
