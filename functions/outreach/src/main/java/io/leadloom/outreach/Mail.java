package io.leadloom.outreach;

import io.leadloom.model.Draft;
import io.leadloom.model.Tenant;
import io.leadloom.model.Touch;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A message as a provider is asked to send it. Made from the same records it is the same, so that a
 * provider recognises it.
 *
 * @param from name and address
 * @param headers beside those that have members of their own
 * @param tags that come back with the provider's events
 * @param key by which the provider recognises a repetition
 */
record Mail(
    String from,
    String to,
    String replyTo,
    String subject,
    String text,
    Map<String, String> headers,
    Map<String, String> tags,
    String key) {

  /**
   * The message of a touch.
   *
   * @param references Message-IDs of the conversation, oldest first
   * @param optOut the recipient's own link
   */
  static Mail of(Tenant tenant, Draft draft, Touch touch, List<String> references, URI optOut) {
    var sender = tenant.sender();
    var headers = new LinkedHashMap<String, String>();
    headers.put("Message-ID", touch.messageId());
    var answers = touch.inReplyTo();
    if (answers != null) {
      headers.put("In-Reply-To", answers);
      headers.put("References", String.join(" ", references));
    }
    headers.put("List-Unsubscribe", "<" + optOut + ">");
    headers.put("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    var tags = new LinkedHashMap<String, String>();
    tags.put("tenant", tenant.id().value());
    tags.put("lead", touch.lead().value());
    tags.put("touch", touch.id().value());
    return new Mail(
        mailbox(sender.name(), sender.email()),
        touch.to(),
        "reply+" + touch.replyToken() + "@" + sender.replyDomain(),
        draft.subject(),
        draft.body(),
        headers,
        tags,
        touch.id().value());
  }

  /** A name and an address as RFC 5322 wants them. */
  private static String mailbox(String name, String address) {
    return "\"" + name.replaceAll("[\"\\\\\\p{Cntrl}]", "") + "\" <" + address + ">";
  }
}
