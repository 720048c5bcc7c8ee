package io.leadloom.model.text;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a message asks not to be written to any more. A keyword counts where it is all that is
 * said, a phrase wherever the writer says it; what is quoted from us never counts. So "STOP" and
 * "Please stop." do, and "stop by on Thursday", "I know", "your offer" do not.
 */
public final class OptOut {

  /**
   * The words of CTIA, Twilio, AWS and the FCC's rule (47 CFR 64.1200(a)(10)), where they are all
   * that is said.
   */
  private static final Set<String> KEYWORDS =
      Set.of(
          "stop",
          "stop all",
          "stopall",
          "unsubscribe",
          "cancel",
          "end",
          "quit",
          "revoke",
          "optout",
          "opt out",
          "arret",
          "remove",
          "td",
          "baja",
          "alto");

  /** Those that leave no doubt in the middle of other words as well, standing alone. */
  private static final Set<String> ALONE =
      Set.of(
          "stop",
          "stop all",
          "stopall",
          "stop it",
          "stop this",
          "stop now",
          "unsubscribe",
          "unsubscribe me",
          "unsubscribed",
          "do not contact",
          "dont contact",
          "do not email",
          "dont email",
          "optout",
          "opt out",
          "no more emails",
          "remove me",
          "remove us");

  private static final Pattern POLITE =
      Pattern.compile(
          "^(please|pls|plz|kindly|just|ok|okay|hi|hello|sorry|and|so|thanks|thank you)\\s+"
              + "|\\s+(please|pls|plz|thanks|thank you|now|immediately|asap|already|today)$");

  private static final int LONGEST_KEYWORD = 80;

  private static final String MAILING =
      "(emailing|emails?|contacting|sending|writing|messaging|messages?|texting|texts?|mailing"
          + "|mails?|bothering|spamming|spam|harassing|pestering|soliciting|reaching out)";
  private static final String LIST =
      "(list|lists|mailing list|mailing|distribution|database|emails?|email list|campaign|records"
          + "|system)";
  private static final String NOT_NEGATED = "(?<!\\b(?:do not|dont|never|cannot|cant|wont|not) )";

  private static final List<Pattern> PHRASES =
      List.of(
          phrase("please stop( it| this| that| now| immediately| thank you| thanks)?$"),
          phrase(
              NOT_NEGATED
                  + "\\bstop (it |all |any |the |these |this |those |with |your |of |me |us ){0,6}"
                  + MAILING),
          phrase("(quit|cease) (all )?(emailing|contacting|sending|messaging|spamming|bothering)"),
          phrase("cease and desist"),
          phrase(NOT_NEGATED + "\\b(remove|delete|erase) (me|us)"),
          phrase(
              NOT_NEGATED
                  + "\\b(remove|delete|erase) (my|our|this) (\\w+ )?(email|address|name|contact"
                  + "|contacts|details|info|information|number|data|company|firm|inbox)"),
          phrase(
              "(take|get) (me|us|my \\w+|our \\w+|this \\w+) off( of)? (your|the|this|that|any|all)"
                  + " (\\w+ ){0,2}"
                  + LIST),
          phrase("take (me|us) off$"),
          phrase(
              "(do not|dont|never|no longer|not to) (ever |please )?(email|contact|write|message"
                  + "|text|mail|solicit|spam|bother)( to)? (me|us|this|our|my|here|again|anymore)"
                  + "(?! (until|before|on|at|for|over|during|tomorrow|today|next))"),
          phrase(
              "(do not|dont|never) (ever |please )?send (me |us )?(any|anymore|anything|another"
                  + "|further|these|more|emails?|messages?|mail|spam|unsolicited)"),
          phrase("do not (contact|email|mail|solicit|call) list"),
          phrase("unsubscribe (me|us|my|our|this|from this|from your|from all|immediately)"),
          phrase("(please|kindly|pls|plz|just) (unsubscribe|opt out)"),
          phrase(
              "(i|we|id|wed) (want|wish|would like|like|need|asked|have asked|ask|prefer) to"
                  + " (be )?(unsubscribed?|opt out|opted out|removed|taken off)"),
          phrase("how (do|can) (i|we) (unsubscribe|opt out|get off)"),
          phrase("opt (me|us) out"),
          phrase("(i|we|im|were) (am |are |hereby )?(opt|opting) out"),
          phrase(
              "no (more|further) (emails?|messages?|mails?|contact|correspondence|communications?"
                  + "|solicitations?|outreach|spam)"),
          phrase("leave (me|us) alone|go away|get lost|(fuck|piss|bugger) off"),
          phrase("lose (my|our|this) (email|number|address)"),
          phrase(
              "(do not|dont|no longer) (want|wish|care) to (receive|get) (any |more |further |these"
                  + " |your |such ){0,6}(emails?|messages?|mail|communications?)"),
          phrase("(do not|dont|no longer) (want|wish|care) to (be contacted|hear from)"),
          phrase(
              "(do not|dont) want (any |more |further |these |your ){1,6}(emails?|messages?|mail)"),
          phrase("(darme|dar|denme|dame) de baja"),
          phrase("no me (contacte|escriba|envie|mande)\\w*"),
          phrase("dejen? de (escribir|enviar|mandar|contactar)\\w*"));

  private OptOut() {}

  /**
   * Whether the writer opts out.
   *
   * @param text what the writer wrote, without the quoted original
   * @return the code of the rule that says so
   */
  public static Optional<String> in(String text) {
    var own = Sentences.of(MailText.withoutSignature(MailText.withoutQuote(text)));
    if (KEYWORDS.contains(plain(own.words()))
        || own.clauses().stream().map(OptOut::plain).anyMatch(ALONE::contains)) {
      return Optional.of("opt-out.keyword");
    }
    var says = own.list().stream().anyMatch(OptOut::isPhrase);
    return says ? Optional.of("opt-out.phrase") : Optional.empty();
  }

  private static boolean isPhrase(String sentence) {
    return PHRASES.stream().anyMatch(phrase -> phrase.matcher(sentence).find());
  }

  private static String plain(String words) {
    if (words.length() > LONGEST_KEYWORD) {
      return words;
    }
    var shorter = POLITE.matcher(words).replaceAll("");
    return shorter.equals(words) ? words : plain(shorter);
  }

  private static Pattern phrase(String regex) {
    return Pattern.compile((regex.startsWith("(?<!") ? "" : "\\b") + "(?:" + regex + ")(?!\\w)");
  }
}
