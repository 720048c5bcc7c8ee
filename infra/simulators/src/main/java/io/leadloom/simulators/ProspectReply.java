package io.leadloom.simulators;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Something that prospects write, and what they mean by it: for testing whoever has to understand
 * replies.
 *
 * @param meant what they mean
 * @param text the whole text, which may quote the message it answers
 * @param strippedText the text without the quotation
 * @param headers those that tell a machine's reply from a person's
 */
public record ProspectReply(
    Meaning meant, String text, String strippedText, Map<String, String> headers) {

  /** The day of return in every {@link Meaning#OUT_OF_OFFICE}: a Monday. */
  public static final LocalDate RETURN = LocalDate.of(2026, 3, 9);

  /** What a prospect can mean. */
  public enum Meaning {
    /** Is away until {@link #RETURN}. */
    OUT_OF_OFFICE,
    /** A machine says that the message arrived. */
    AUTO_REPLY,
    /** Does not want to be written to any more. */
    OPT_OUT,
    /** Wants to meet or to be called. */
    MEETING,
    /** Is interested, but asks for nothing in particular. */
    INTERESTED,
    /** Asks something before going on. */
    QUESTION,
    /** Names the price, another vendor or the time as a reason against it. */
    OBJECTION,
    /** Says no. */
    NOT_INTERESTED
  }

  private static final String QUOTATION =
      """


      On Mon, Mar 2, 2026 at 3:00 PM Sam Rivers <sam@mail.acme-fire.example> wrote:
      > Hello,
      > would a meeting on Thursday suit you? Our price is $550.
      > To opt out, reply "stop" or unsubscribe here: https://acme-fire.example/unsubscribe/1\
      """;

  /** Every phrase of every meaning, with every signature, with and without a quotation. */
  public static List<ProspectReply> all() {
    var replies = new ArrayList<ProspectReply>();
    for (var act : Act.values()) {
      for (var phrase : Letters.phrases(act)) {
        if (act == Act.OUT_OF_OFFICE) {
          for (var format : Letters.DATE_FORMATS) {
            var date = DateTimeFormatter.ofPattern(format, Locale.US).format(RETURN);
            replies.add(automatic(Meaning.OUT_OF_OFFICE, phrase.formatted(date)));
          }
        } else if (act == Act.ACKNOWLEDGE) {
          replies.add(automatic(Meaning.AUTO_REPLY, phrase));
        } else {
          for (var signature : Letters.SIGNATURES) {
            var text = phrase + signature.formatted("Kim Fernhollow");
            replies.add(new ProspectReply(meaning(act), text, text, Map.of()));
            replies.add(new ProspectReply(meaning(act), text + QUOTATION, text, Map.of()));
          }
        }
      }
    }
    return List.copyOf(replies);
  }

  private static ProspectReply automatic(Meaning meaning, String text) {
    return new ProspectReply(meaning, text, text, Map.of("Auto-Submitted", "auto-replied"));
  }

  private static Meaning meaning(Act act) {
    return switch (act) {
      case OUT_OF_OFFICE -> Meaning.OUT_OF_OFFICE;
      case ACKNOWLEDGE -> Meaning.AUTO_REPLY;
      case OPT_OUT -> Meaning.OPT_OUT;
      case ASK_FOR_MEETING -> Meaning.MEETING;
      case SHOW_INTEREST -> Meaning.INTERESTED;
      case ASK -> Meaning.QUESTION;
      case OBJECT -> Meaning.OBJECTION;
      case DECLINE -> Meaning.NOT_INTERESTED;
      case NOTHING, BOUNCE, ONE_CLICK, COMPLAIN ->
          throw new IllegalArgumentException(act + " is not said in words");
    };
  }
}
