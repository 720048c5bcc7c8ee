package io.leadloom.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * A mail from outside to the address our replies go to.
 *
 * @param to the address, with or without a name
 * @param reply what the writer wrote, without what is quoted below it
 * @param text the whole text
 * @param html the whole text as HTML; empty for a mail of plain text
 * @param headers those that matter for telling what it answers and who wrote it
 */
record Letter(
    String fromName,
    String from,
    String to,
    String subject,
    Instant date,
    String reply,
    String text,
    String html,
    Map<String, String> headers) {

  /** The mail as Postmark's inbound webhook tells it. */
  JsonNode inbound(String messageId) {
    var address = Mailboxes.address(to).orElse(to);
    var local = address.substring(0, address.indexOf('@'));
    var plus = local.indexOf('+');
    var mailboxHash = plus < 0 ? "" : local.substring(plus + 1);
    var json =
        Json.object().put("FromName", fromName).put("MessageStream", "inbound").put("From", from);
    json.putObject("FromFull").put("Email", from).put("Name", fromName).put("MailboxHash", "");
    json.put("To", to);
    json.putArray("ToFull")
        .addObject()
        .put("Email", address)
        .put("Name", "")
        .put("MailboxHash", mailboxHash);
    json.put("Cc", "");
    json.putArray("CcFull");
    json.put("Bcc", "");
    json.putArray("BccFull");
    json.put("OriginalRecipient", address)
        .put("Subject", subject)
        .put("MessageID", messageId)
        .put("ReplyTo", "")
        .put("MailboxHash", mailboxHash)
        .put(
            "Date",
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US)
                .withZone(ZoneOffset.UTC)
                .format(date))
        .put("TextBody", text)
        .put("HtmlBody", html)
        .put("StrippedTextReply", reply)
        .put("Tag", "");
    var list = json.putArray("Headers");
    headers.forEach((name, value) -> list.addObject().put("Name", name).put("Value", value));
    json.putArray("Attachments");
    return json;
  }
}
