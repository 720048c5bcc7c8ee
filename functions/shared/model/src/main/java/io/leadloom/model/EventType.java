package io.leadloom.model;

/** What tenants' own systems can be told of. Names on the wire never change their meaning. */
public enum EventType implements Coded {
  LEAD_CREATED("lead.created", "A signal raised a lead"),
  LEAD_STAGE_CHANGED("lead.stage_changed", "A lead moved from one stage to another"),
  LEAD_CLOSED("lead.closed", "A lead ended without a meeting; its reason says why"),
  LEAD_DELETED("lead.deleted", "Somebody put a lead away"),
  LEAD_RESTORED("lead.restored", "Somebody took a lead back"),
  APPROVAL_REQUESTED("approval.requested", "A draft waits for a person's decision"),
  APPROVAL_DECIDED(
      "approval.decided", "A draft was approved, sent back or rejected, or nobody decided in time"),
  MESSAGE_SENT("message.sent", "A message was handed to its provider"),
  MESSAGE_DELIVERED("message.delivered", "The recipient's mail system took a message"),
  MESSAGE_BOUNCED("message.bounced", "A message came back"),
  MESSAGE_COMPLAINED("message.complained", "The recipient called a message spam"),
  REPLY_RECEIVED("reply.received", "A prospect answered"),
  REPLY_CLASSIFIED("reply.classified", "What a reply means is known"),
  MEETING_BOOKED("meeting.booked", "A meeting was agreed upon"),
  SUPPRESSION_ADDED("suppression.added", "An address must not be written to any more"),
  WEBHOOK_TEST("webhook.test", "Somebody tried the endpoint; it comes whatever is subscribed to");

  private final String code;
  private final String about;

  EventType(String code, String about) {
    this.code = code;
    this.about = about;
  }

  @Override
  public String code() {
    return code;
  }

  /** What it tells of, in a sentence. */
  public String about() {
    return about;
  }
}
