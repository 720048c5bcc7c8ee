package io.leadloom.webhooks;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.Ids;
import io.leadloom.model.LeadRef;
import io.leadloom.model.Reply;
import io.leadloom.model.ReplyId;
import io.leadloom.model.Suppression;
import io.leadloom.model.TenantId;
import io.leadloom.model.Touch;
import io.leadloom.platform.Audit;
import io.leadloom.platform.Credits;
import io.leadloom.platform.Executions;
import io.leadloom.platform.Replies;
import io.leadloom.platform.Suppressions;
import io.leadloom.platform.Touches;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What follows from what arrived, each step harmless when done again. The order matters: an address
 * is suppressed before anything else, and a reply is kept before the execution that waits for it is
 * looked for; so whatever dies in between, the next attempt, or the execution itself, finds it.
 */
@Singleton
final class Arrivals {

  private static final String ACTOR = "step:process-webhook";

  private final Touches touches;
  private final Replies replies;
  private final Suppressions suppressions;
  private final Credits credits;
  private final Executions executions;
  private final Audit audit;

  Arrivals(
      Touches touches,
      Replies replies,
      Suppressions suppressions,
      Credits credits,
      Executions executions,
      Audit audit) {
    this.touches = touches;
    this.replies = replies;
    this.suppressions = suppressions;
    this.credits = credits;
    this.executions = executions;
    this.audit = audit;
  }

  /** Suppresses an address for a tenant. */
  void suppress(LeadRef of, String address, String reason, Instant at) {
    suppressions.add(of.tenant(), rule(of, address, reason, at));
    note(of.tenant(), "contact.suppressed", of.lead().value(), reason, at);
  }

  /** Suppresses an address for all tenants. */
  void suppressForAll(LeadRef of, String address, String reason, Instant at) {
    suppressions.addForAll(rule(of, address, reason, at));
    note(of.tenant(), "contact.suppressed-for-all", of.lead().value(), reason, at);
  }

  /** Marks a touch, unless it is marked so or worse already. */
  void mark(TenantId tenant, Touch touch, Touch.Status status, @Nullable String providerId) {
    if (Standing.of(status) > Standing.of(touch.status())) {
      touches.change(
          tenant,
          touch.as(
              status,
              touch.provider(),
              touch.providerId() == null ? providerId : touch.providerId(),
              touch.sentAt(),
              touch.problem()));
    }
    if (status == Touch.Status.BOUNCED) {
      // Enrichment found an address at which nobody is.
      credits.refund(tenant, touch.lead(), "touch.bounced");
    }
  }

  /** Keeps what a provider or a mail system reports, once for a touch, and tells the execution. */
  void report(LeadRef of, Touch touch, Reply.Kind kind, Instant at) {
    reply(
        of.tenant(),
        new Reply(
            ReplyId.of(Ids.derive("reply", kind.name(), touch.id().value())),
            of.lead(),
            touch.id(),
            kind,
            null,
            null,
            null,
            null,
            Map.of(),
            at,
            null,
            null,
            null,
            null,
            0));
  }

  /** Keeps a reply and tells the execution that waits for it, unless it was taken up already. */
  void reply(TenantId tenant, Reply reply) {
    replies.add(tenant, reply);
    if (replies.get(tenant, reply.lead(), reply.id()).handledAt() == null) {
      replies
          .waiting(tenant, reply.lead())
          .ifPresent(waiting ->
              executions.resume(waiting.taskToken(), Map.of("replyId", reply.id().value())));
    }
  }

  /** Notes in the audit what nobody else will tell. */
  void note(TenantId tenant, String action, String subject, String why, Instant at) {
    audit.record(tenant, new AuditEntry(at, ACTOR, action, subject, why));
  }

  private static Suppression rule(LeadRef of, String address, String reason, Instant at) {
    return new Suppression(Suppression.hashOf(address), reason, of.lead().value(), at);
  }
}
