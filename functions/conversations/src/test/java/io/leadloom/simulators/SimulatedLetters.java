package io.leadloom.simulators;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the simulated prospects write, with what each of them means. */
public final class SimulatedLetters {

  private static final String MAIL =
      """
      Hello,

      the permit for your building names NFPA 72. Would a call on Tuesday or Thursday suit you?

      Dana Reyes
      Acme Fire Safety
      100 Sample Street, Austin, TX 78701

      To opt out, reply "stop" or unsubscribe here: https://app.leadloom.example/unsubscribe/x
      """;

  private SimulatedLetters() {}

  /**
   * A letter.
   *
   * @param act the name of what the prospect does
   * @param text the whole text, with what is quoted
   * @param headers names in lower case
   */
  public record Written(
      String act, String from, String subject, String text, Map<String, String> headers) {}

  /** Letters of every kind, in all phrasings, to a mail that was sent at that instant. */
  public static List<Written> all(Instant sent) {
    var letters = new Letters(1);
    var all = new ArrayList<Written>();
    for (var act : Act.values()) {
      if (act.isReply()) {
        for (var n = 0; n < 150; n++) {
          var address = "pat.doe" + n + "@firm.example";
          all.add(written(act.name(), letters.reply(mail(address, sent), address, act, sent)));
        }
      }
    }
    var bounced = "nobody@firm.example";
    all.add(written("BOUNCE", letters.bounce(mail(bounced, sent), bounced, sent)));
    return all;
  }

  private static Written written(String act, Letter letter) {
    var headers = new LinkedHashMap<String, String>();
    letter.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    return new Written(act, letter.from(), letter.subject(), letter.text(), headers);
  }

  private static Message mail(String to, Instant sent) {
    var touches = new LinkedHashMap<String, Integer>();
    touches.put(to, 1);
    return new Message(
        "id",
        "resend",
        "acme",
        sent,
        "\"Dana Reyes\" <dana@acme-fire.example>",
        touches,
        "reply+token@reply.acme-fire.example",
        "Your fire alarm permit",
        MAIL,
        null,
        Map.of(),
        Map.of(),
        "<id@acme-fire.example>");
  }
}
