package io.leadloom.model.text;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who or what sent a mail, by its headers (RFC 3834, RFC 3464) and, where a mail system sets none,
 * by its sender and subject. The body decides nothing but whether a failed delivery is final.
 */
public enum MailOrigin {
  /** A person, as far as anything tells. */
  PERSON,
  /** A machine answers for a person. */
  AUTOMATIC,
  /** A mail system gave up on delivering our message. */
  DELIVERY_FAILED,
  /** A mail system goes on trying to deliver our message. */
  DELIVERY_DELAYED;

  private static final Pattern FAILURE_SUBJECT =
      Pattern.compile(
          "^\\s*(undeliver(able|ed)|delivery status notification|mail delivery (failed|failure"
              + "|subsystem|system)|returned mail|failure notice|delivery (has )?failed|delivery"
              + " failure|message not delivered|nondeliverable|warning: (message|could not send))"
              + "\\b.*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern AUTOMATIC_SUBJECT =
      Pattern.compile(
          "^\\s*(automatic reply|auto[- ]?reply|auto[- ]?response|auto:|automated"
              + " (reply|response)|out of (the )?office|ooo\\b|abwesenheit|respuesta"
              + " autom\\S*tica|r\\S*ponse automatique).*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern FAILED =
      Pattern.compile("^\\s*(action:\\s*failed|status:\\s*5\\.)", flags());
  private static final Pattern DELAYED =
      Pattern.compile("^\\s*(action:\\s*delayed|status:\\s*4\\.)", flags());

  /**
   * What sent a mail.
   *
   * @param headers names in lower case
   */
  public static MailOrigin of(
      Map<String, String> headers,
      @Nullable String from,
      @Nullable String subject,
      @Nullable String text) {
    if (isDeliveryReport(headers, lower(from), lower(subject))) {
      var body = text == null ? "" : text;
      // An unknown cause counts as final: better a contact lost than a dead mailbox written to.
      return DELAYED.matcher(body).find() && !FAILED.matcher(body).find()
          ? DELIVERY_DELAYED
          : DELIVERY_FAILED;
    }
    return isAutomatic(headers, lower(subject)) ? AUTOMATIC : PERSON;
  }

  private static boolean isDeliveryReport(
      Map<String, String> headers, String from, String subject) {
    var type = header(headers, "content-type");
    if (type.contains("multipart/report")) {
      return type.contains("delivery-status");
    }
    if (headers.containsKey("x-failed-recipients") || from.contains("mailer-daemon@")) {
      return true;
    }
    var fromNobody =
        from.contains("postmaster@") || header(headers, "return-path").strip().equals("<>");
    return fromNobody && FAILURE_SUBJECT.matcher(subject).matches();
  }

  private static boolean isAutomatic(Map<String, String> headers, String subject) {
    var submitted = header(headers, "auto-submitted").strip();
    var precedence = header(headers, "precedence").strip();
    return (!submitted.isEmpty() && !submitted.startsWith("no"))
        || header(headers, "content-type").contains("multipart/report")
        || headers.containsKey("x-autoreply")
        || headers.containsKey("x-autorespond")
        || headers.containsKey("x-autoresponder")
        || precedence.equals("auto_reply")
        || precedence.equals("bulk")
        || precedence.equals("junk")
        || header(headers, "return-path").strip().equals("<>")
        || AUTOMATIC_SUBJECT.matcher(subject).matches();
  }

  private static String header(Map<String, String> headers, String name) {
    return lower(headers.get(name));
  }

  private static String lower(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }

  private static int flags() {
    return Pattern.CASE_INSENSITIVE | Pattern.MULTILINE;
  }
}
