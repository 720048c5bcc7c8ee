package io.leadloom.conversations;

import io.leadloom.model.LeadId;
import io.leadloom.model.TenantId;
import io.leadloom.model.TouchId;
import io.leadloom.platform.Executions;
import io.leadloom.platform.Replies;
import io.leadloom.platform.Replies.Waiting;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;

/**
 * Lets an execution wait for a reply. The token is stored before replies are looked for, so that a
 * reply that arrives just now is found by one side or the other.
 */
@Singleton
final class AwaitReply {

  private final Replies replies;
  private final Executions executions;
  private final Clock clock;

  AwaitReply(Replies replies, Executions executions, Clock clock) {
    this.replies = replies;
    this.executions = executions;
    this.clock = clock;
  }

  void run(TenantId tenant, LeadId lead, TouchId touch, String taskToken) {
    replies.await(tenant, lead, new Waiting(touch, taskToken, clock.instant()));
    replies
        .firstUnhandled(tenant, lead)
        .ifPresent(reply -> executions.resume(taskToken, Map.of("replyId", reply.id().value())));
  }
}
