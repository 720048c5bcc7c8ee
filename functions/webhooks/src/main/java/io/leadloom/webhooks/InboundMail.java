package io.leadloom.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.text.MailText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;

/**
 * A mail to one of our reply addresses, as far as it matters: attachments and the like are left
 * behind.
 *
 * @param record Postmark's type of the record; {@code Inbound} for a mail
 * @param replyToken what stood behind the {@code +} of the address
 * @param text without the quoted original
 * @param headers those that tell automatic from human mail, names in lower case
 * @param answers the Message-IDs it says it answers, latest first
 */
record InboundMail(
    String record,
    String replyToken,
    String from,
    String subject,
    String text,
    @Nullable String messageId,
    Map<String, String> headers,
    List<String> answers) {

  private static final int MAX_TEXT = 20_000;
  private static final int MAX_LINE = 1_000;
  private static final int MAX_ANSWERS = 20;
  private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s]+>");

  private static final Set<String> TELLING =
      Set.of(
          "auto-submitted",
          "content-type",
          "precedence",
          "return-path",
          "x-autoreply",
          "x-autorespond",
          "x-autoresponder",
          "x-failed-recipients");

  /** The mail in the JSON of Postmark's inbound webhook. */
  static InboundMail of(JsonNode body) {
    var all = headers(body.path("Headers"));
    var telling = new LinkedHashMap<>(all);
    telling.keySet().retainAll(TELLING);
    return new InboundMail(
        body.path("RecordType").asText("Inbound"),
        cut(token(body), MAX_LINE),
        cut(body.path("FromFull").path("Email").asText(body.path("From").asText()), MAX_LINE),
        cut(body.path("Subject").asText(), MAX_LINE),
        cut(text(body), MAX_TEXT),
        messageIds(all.getOrDefault("message-id", "")).stream().findFirst().orElse(null),
        telling,
        answers(all));
  }

  private static String token(JsonNode body) {
    var token = body.path("MailboxHash").asText();
    if (token.isEmpty()) {
      token = body.path("ToFull").path(0).path("MailboxHash").asText();
    }
    return token.toLowerCase(Locale.ROOT);
  }

  /** What the writer wrote: by Postmark's own judgement, and by ours where it leaves a quote. */
  private static String text(JsonNode body) {
    var stripped = MailText.withoutQuote(body.path("StrippedTextReply").asText());
    if (!stripped.isBlank()) {
      return stripped;
    }
    var plain = MailText.withoutQuote(body.path("TextBody").asText());
    return plain.isBlank() ? ofHtml(body.path("HtmlBody").asText()) : plain;
  }

  private static String ofHtml(String html) {
    var document = Jsoup.parse(html);
    document.select("blockquote, .gmail_quote, .moz-cite-prefix, style, script").remove();
    document.select("br").forEach(br -> br.after("\n"));
    document.select("p, div, li, tr").forEach(block -> block.appendText("\n"));
    return MailText.withoutQuote(document.wholeText().strip());
  }

  private static Map<String, String> headers(JsonNode list) {
    var headers = new LinkedHashMap<String, String>();
    list.forEach(header ->
        headers.putIfAbsent(
            header.path("Name").asText().toLowerCase(Locale.ROOT),
            cut(header.path("Value").asText(), MAX_TEXT)));
    return headers;
  }

  private static List<String> answers(Map<String, String> headers) {
    var ids = new ArrayList<>(messageIds(headers.getOrDefault("in-reply-to", "")));
    ids.addAll(messageIds(headers.getOrDefault("references", "")).reversed());
    return ids.stream().distinct().limit(MAX_ANSWERS).toList();
  }

  private static List<String> messageIds(String header) {
    return MESSAGE_ID.matcher(header).results().map(match -> match.group()).toList();
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }
}
