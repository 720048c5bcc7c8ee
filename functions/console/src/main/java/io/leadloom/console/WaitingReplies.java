package io.leadloom.console;

import io.leadloom.model.Lead;
import io.leadloom.model.Reply;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Replies;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The replies that only a person will answer: they came when nothing of their lead was under way
 * any more. Machines' answers and opt-outs, which are obeyed as they arrive, wait for nobody.
 */
@Singleton
final class WaitingReplies {

  private static final int AT_MOST = 200;
  private static final Duration SHOWN = Duration.ofDays(30);

  private final Replies replies;
  private final Leads leads;
  private final Clock clock;

  WaitingReplies(Replies replies, Leads leads, Clock clock) {
    this.replies = replies;
    this.leads = leads;
    this.clock = clock;
  }

  /** Those of the last 30 days, latest first. */
  List<WaitingReply> of(TenantId tenant) {
    var oldest = clock.instant().minus(SHOWN);
    return replies.unhandled(tenant, AT_MOST).stream()
        .filter(reply -> reply.receivedAt().isAfter(oldest))
        .flatMap(reply -> waiting(tenant, reply).stream())
        .toList();
  }

  private Optional<WaitingReply> waiting(TenantId tenant, Reply reply) {
    return leads
        .find(tenant, reply.lead())
        .filter(reply::waitsForPerson)
        .map(lead -> new WaitingReply(lead, reply));
  }

  /** A reply that waits, and its lead. */
  record WaitingReply(Lead lead, Reply reply) {}
}
