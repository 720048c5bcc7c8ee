package io.leadloom.simulators;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The way from a mail provider into people's mailboxes. */
final class Mailboxes {

  private static final Pattern BARE = Pattern.compile("[^\\s<>@,]+@[^\\s<>@,]+\\.[^\\s<>@,.]+");
  private static final Pattern NAMED = Pattern.compile("[^<>]*<(" + BARE + ")>");

  /** A mail as a provider was asked to send it; see {@link Message}. */
  record Mail(
      String tenant,
      String from,
      List<String> to,
      @Nullable String replyTo,
      String subject,
      @Nullable String text,
      @Nullable String html,
      Map<String, String> headers,
      Map<String, String> tags) {}

  private final long seed;
  private final World world;

  Mailboxes(long seed, World world) {
    this.seed = seed;
    this.world = world;
  }

  /** The bare address, in lower case, of {@code name <address>} or an address alone. */
  static Optional<String> address(String text) {
    var stripped = text.strip();
    var named = NAMED.matcher(stripped);
    if (named.matches()) {
      return Optional.of(named.group(1).toLowerCase(Locale.ROOT));
    }
    return BARE.matcher(stripped).matches()
        ? Optional.of(stripped.toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  /**
   * The message that this mail becomes when it is sent next. The id follows from whom it reaches
   * and how many reached them before, so it does not depend on what else is going on.
   */
  Message message(String provider, Mail mail, Instant now) {
    var touches = new LinkedHashMap<String, Integer>();
    for (var recipient : mail.to()) {
      var address = address(recipient).orElseThrow();
      var notice = Message.isNotice(address, mail.tags());
      var touch = notice ? 0 : world.received(mail.tenant(), address, false) + 1;
      touches.put(address, touch);
    }
    var first = touches.firstEntry();
    var nth =
        first.getValue() > 0
            ? "touch " + first.getValue()
            : "notice " + world.received(mail.tenant(), first.getKey(), true);
    var id = Dice.of(seed, "message", mail.tenant(), first.getKey(), nth).uuid().toString();
    var draft =
        new Message(
            id,
            provider,
            mail.tenant(),
            now,
            mail.from(),
            touches,
            mail.replyTo(),
            mail.subject(),
            mail.text(),
            mail.html(),
            mail.headers(),
            mail.tags(),
            "<" + id + "@" + provider + ".example>");
    return draft.header("Message-ID").map(own -> withMessageId(draft, own)).orElse(draft);
  }

  /** What the journal is to know about a mail. */
  static Note note(Mail mail, @Nullable String idempotencyKey) {
    var recipient = address(mail.to().getFirst()).orElse(null);
    return new Note(idempotencyKey, recipient, mail.tags().get("lead"), null);
  }

  private static Message withMessageId(Message message, String messageId) {
    return new Message(
        message.id(),
        message.provider(),
        message.tenant(),
        message.at(),
        message.from(),
        message.touches(),
        message.replyTo(),
        message.subject(),
        message.text(),
        message.html(),
        message.headers(),
        message.tags(),
        messageId);
  }
}
