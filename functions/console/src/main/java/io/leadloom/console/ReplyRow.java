package io.leadloom.console;

import io.leadloom.console.WaitingReplies.WaitingReply;
import java.util.Optional;

/** A reply that waits for a person, as a line of a table. */
public record ReplyRow(
    String lead,
    String company,
    String stage,
    String from,
    String subject,
    String text,
    String received,
    String receivedUtc) {

  static ReplyRow of(WaitingReply waiting) {
    var lead = waiting.lead();
    var reply = waiting.reply();
    return new ReplyRow(
        lead.id().value(),
        lead.company().name(),
        Stages.name(lead.stage()),
        Optional.ofNullable(reply.from()).orElse(""),
        Optional.ofNullable(reply.subject()).orElse(""),
        Optional.ofNullable(reply.text()).orElse(""),
        Times.of(lead, reply.receivedAt()),
        reply.receivedAt().toString());
  }
}
