package io.leadloom.outreach;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.Ids;
import io.leadloom.model.Lead;
import io.leadloom.model.LeadRef;
import io.leadloom.model.Reply;
import io.leadloom.model.ReplyId;
import io.leadloom.model.Suppression;
import io.leadloom.model.Touch;
import io.leadloom.platform.Executions;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Replies;
import io.leadloom.platform.Suppressions;
import io.leadloom.platform.Touches;
import io.leadloom.platform.UnsubscribeLinks;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Takes an opt-out by link: it works at once, also for what waits to be sent. */
@Singleton
final class Unsubscribe {

  private static final String REASON = "opt-out.link";

  private final UnsubscribeLinks links;
  private final Leads leads;
  private final Touches touches;
  private final Suppressions suppressions;
  private final Replies replies;
  private final Executions executions;
  private final Clock clock;

  Unsubscribe(
      UnsubscribeLinks links,
      Leads leads,
      Touches touches,
      Suppressions suppressions,
      Replies replies,
      Executions executions,
      Clock clock) {
    this.links = links;
    this.leads = leads;
    this.touches = touches;
    this.suppressions = suppressions;
    this.replies = replies;
    this.executions = executions;
    this.clock = clock;
  }

  /** Whether the token is one of ours. */
  boolean knows(String token) {
    return links.read(token).isPresent();
  }

  /**
   * Opts out whom the token is for. The suppression comes first: it alone makes sure that nothing
   * is sent any more; the rest only tells the lead's execution.
   *
   * @return whether the token is one of ours
   */
  boolean run(String token) {
    var ref = links.read(token);
    ref.ifPresent(this::optOut);
    return ref.isPresent();
  }

  private void optOut(LeadRef ref) {
    var now = clock.instant();
    var lead = leads.find(ref.tenant(), ref.lead());
    if (lead.isEmpty()) {
      return;
    }
    for (var address : addresses(lead.get())) {
      suppressions.add(
          ref.tenant(),
          new Suppression(Suppression.hashOf(address), REASON, ref.lead().value(), now));
    }
    var reply = reply(ref);
    replies.add(
        ref.tenant(),
        reply,
        new AuditEntry(now, "recipient", "contact.suppressed", ref.lead().value(), REASON));
    if (replies.get(ref.tenant(), ref.lead(), reply.id()).handledAt() == null) {
      replies
          .waiting(ref.tenant(), ref.lead())
          .ifPresent(waiting ->
              executions.resume(waiting.taskToken(), Map.of("replyId", reply.id().value())));
    }
  }

  private Set<String> addresses(Lead lead) {
    var addresses = new LinkedHashSet<String>();
    var contact = lead.contact();
    if (contact != null) {
      addresses.add(contact.email());
    }
    touches.of(lead.tenant(), lead.id()).stream().map(Touch::to).forEach(addresses::add);
    return addresses;
  }

  private Reply reply(LeadRef ref) {
    return new Reply(
        ReplyId.of(Ids.derive("reply", "unsubscribe", ref.lead().value())),
        ref.lead(),
        null,
        Reply.Kind.UNSUBSCRIBE,
        null,
        null,
        null,
        null,
        Map.of(),
        clock.instant(),
        null,
        null,
        null,
        null,
        0);
  }
}
