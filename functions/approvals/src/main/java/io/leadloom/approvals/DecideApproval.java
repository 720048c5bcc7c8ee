package io.leadloom.approvals;

import io.leadloom.model.Approval;
import io.leadloom.model.Approval.Status;
import io.leadloom.model.ApprovalId;
import io.leadloom.model.AuditEntry;
import io.leadloom.model.Draft;
import io.leadloom.model.DraftId;
import io.leadloom.model.Ids;
import io.leadloom.model.Lead;
import io.leadloom.model.Milestone;
import io.leadloom.model.Stage;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.ConflictException;
import io.leadloom.packs.MessageChecks.Problem;
import io.leadloom.platform.Approvals;
import io.leadloom.platform.Drafts;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A person's one decision on a draft. The first one counts; it is stored before anyone is told. */
@Singleton
final class DecideApproval {

  private final Approvals approvals;
  private final Drafts drafts;
  private final EditChecks checks;
  private final TellExecution tell;
  private final Clock clock;

  DecideApproval(
      Approvals approvals, Drafts drafts, EditChecks checks, TellExecution tell, Clock clock) {
    this.approvals = approvals;
    this.drafts = drafts;
    this.checks = checks;
    this.tell = tell;
    this.clock = clock;
  }

  Outcome run(TenantId tenant, ApprovalId id, String actor, Decision decision) {
    var approval = approvals.get(tenant, id);
    if (approval.status() != Status.PENDING) {
      if (approval.resumedAt() == null) {
        tell.run(tenant, approval);
      }
      return new Outcome.DecidedBefore(approval);
    }
    var now = clock.instant();
    if (!now.isBefore(approval.expiresAt())) {
      return new Outcome.TooLate(approval);
    }
    var draft = drafts.get(tenant, approval.lead(), approval.draft());
    var sendable = draft.id();
    if (decision instanceof Decision.Approve(var subject, var body)
        && !(subject.equals(draft.subject()) && body.equals(draft.body()))) {
      var edited = edited(draft, actor, subject, body);
      var problems = checks.problems(tenant, edited);
      if (!problems.isEmpty()) {
        return new Outcome.Refused(problems);
      }
      drafts.add(tenant, edited);
      sendable = edited.id();
    }
    try {
      approvals.decide(
          tenant,
          approval.decided(decision.status(), actor, sendable, decision.note(), now),
          new AuditEntry(
              now,
              actor,
              decision.status().name().toLowerCase(Locale.ROOT),
              approval.draft().value(),
              decision.note() == null ? "" : decision.note()),
          lead -> decision.status() == Status.APPROVED ? approved(lead, now) : lead);
    } catch (ConflictException e) {
      return new Outcome.DecidedBefore(approvals.get(tenant, id));
    }
    var decided = approvals.get(tenant, id);
    return tell.run(tenant, decided) ? new Outcome.Decided(decided) : new Outcome.TooLate(decided);
  }

  private static Lead approved(Lead lead, Instant now) {
    var scheduled =
        lead.stage() == Stage.BOOKED ? lead : lead.at(Stage.SCHEDULED, "approval.by-person", now);
    return scheduled.reaching(Milestone.APPROVED, now);
  }

  private Draft edited(Draft draft, String actor, String subject, String body) {
    return new Draft(
        DraftId.of(Ids.derive("draft", draft.id().value(), subject, body)),
        draft.lead(),
        draft.purpose(),
        draft.step(),
        subject,
        body,
        "person:" + actor,
        draft.facts(),
        draft.replyId(),
        draft.id(),
        "edited",
        Draft.hashOf(subject, body),
        clock.instant());
  }

  /** What a person decides. */
  sealed interface Decision {

    /** Sends this text; where it is not the draft's, the draft is edited. */
    record Approve(String subject, String body) implements Decision {
      @Override
      public Status status() {
        return Status.APPROVED;
      }

      @Override
      public @Nullable String note() {
        return null;
      }
    }

    /** Wants another draft. */
    record Revise(String note) implements Decision {
      @Override
      public Status status() {
        return Status.REVISE;
      }
    }

    /** Wants nothing sent. */
    record Reject(String note) implements Decision {
      @Override
      public Status status() {
        return Status.REJECTED;
      }
    }

    Status status();

    @Nullable String note();
  }

  /** What came of it. */
  sealed interface Outcome {

    /** It counts, and the execution goes on. */
    record Decided(Approval approval) implements Outcome {}

    /** Somebody was faster; theirs counts. */
    record DecidedBefore(Approval approval) implements Outcome {}

    /** It expired, or the execution waits no more: nothing follows. */
    record TooLate(Approval approval) implements Outcome {}

    /** The edited text must not be sent as it is. */
    record Refused(List<Problem> problems) implements Outcome {}
  }
}
