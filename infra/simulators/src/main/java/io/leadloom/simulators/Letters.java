package io.leadloom.simulators;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What prospects write. The same person writes the same about the same message. Some phrases are
 * there to be misread: a price, a quoted word "unsubscribe", "stop by", "not taking bookings".
 */
final class Letters {

  private static final List<String> ASK_FOR_MEETING =
      List.of(
          "Sure, let's talk. Would Tuesday or Wednesday after 10 work for you?",
          "Yes, this is on my list anyway. Can you do a 15 minute call on Thursday afternoon?",
          "Good timing. Please send me a couple of times for a call next week and I will pick one.",
          "Happy to meet. Mornings are best. We paid $550 for the last inspection, so bring your"
              + " numbers.",
          "That works for me. Please book me in for any slot next week.",
          "Let's set up a call. I am on site all day Monday, so not then, but any other day is"
              + " fine.",
          "Yes please. When can somebody come out and have a look? Thursday would suit us.",
          "You can stop by the office on Thursday, I am in until 3. Or let us schedule a call.");

  private static final List<String> SHOW_INTEREST =
      List.of(
          "Interesting. Tell me more.",
          "Could be something for us. I would like to know a little more about you first.",
          "Thanks for reaching out, this sounds relevant. Send me some information.",
          "Sounds interesting, please send details.");

  private static final List<String> ASK =
      List.of(
          "Do you also work outside the city limits?",
          "What does this cost for a two-storey building? The last one was $550.",
          "Are your people licensed in this state?",
          "Who does the work, your own crew or subcontractors?",
          "Does that include the paperwork for the city?",
          "How long does it take, and do we have to close the building meanwhile?");

  private static final List<String> OBJECT =
      List.of(
          "Honestly, the last offer we got was $550 and that was already too expensive for us.",
          "There is no budget for this at the moment.",
          "We already have a company that does this for us.",
          "We have a contract with another vendor until the end of next year.",
          "This is not a good time. Maybe after the holidays.",
          "We are in the middle of a renovation, please try me again in a couple of months.");

  private static final List<String> DECLINE =
      List.of(
          "Thanks, but no thanks.",
          "We are not interested.",
          "Not interested, and we are not taking bookings for this sort of thing.",
          "No thank you. We do all of that in house and are not looking to meet anybody about it.",
          "I will pass on this one.",
          "Thank you for the offer, but this is not for us.");

  private static final List<String> OPT_OUT =
      List.of(
          "STOP",
          "Please stop.",
          "Remove me from your list.",
          "unsubscribe",
          "Please take me off your mailing list.",
          "Do not email me again.",
          "Stop emailing me, please.",
          "Please remove me from your list, I get too many of these.");

  private static final List<String> ACKNOWLEDGE =
      List.of(
          "Thank you for your message. We have received it and will get back to you within two"
              + " business days.\n\nThis is an automated reply, please do not answer it.",
          "We have received your email and a member of our team will answer it shortly. Please do"
              + " not reply to this message.",
          "Thanks for contacting us! Your request has been logged. You do not need to do anything"
              + " else.");

  private static final List<String> OUT_OF_OFFICE =
      List.of(
          "I am out of the office until %s with limited access to email. For anything urgent please"
              + " call the front desk.",
          "Thank you for your email. I am on leave and will be back on %s.",
          "I am currently away and return on %s. I will answer your message then.",
          "Out of office, back on %s. If you would like to schedule a meeting, please write again"
              + " then.");

  static final List<String> DATE_FORMATS =
      List.of("EEEE, MMMM d", "MMMM d, yyyy", "MMM d, yyyy", "yyyy-MM-dd", "MM/dd/yyyy");

  static final List<String> SIGNATURES =
      List.of(
          "", "\n\n%s", "\n\nBest,\n%s", "\n\n-- \n%s\n(210) 555-0142", "\n\nSent from my phone");

  private final long seed;

  Letters(long seed) {
    this.seed = seed;
  }

  /** The person's answer to a message. */
  Letter reply(Message message, String address, Act act, Instant at) {
    var name = name(address);
    var reply = words(message, address, act, at);
    if (!act.isAutomatic() && !reply.equals("STOP")) {
      reply += dice("signature", message, address).pick(SIGNATURES).formatted(name);
    }
    var quotes = !act.isAutomatic() && dice("quote", message, address).inPercent(65);
    var text = quotes ? reply + quotation(message, address) : reply;
    var html =
        dice("html", message, address).inPercent(70) ? "<div>" + escaped(text) + "</div>" : "";
    var headers = threading(message, address);
    if (act.isAutomatic()) {
      headers.put("Auto-Submitted", "auto-replied");
    }
    return new Letter(
        name,
        address,
        replyAddress(message),
        subject(message, address, act),
        at,
        reply,
        text,
        html,
        headers);
  }

  /** The mail by which a mail server tells that it could not deliver a message. */
  Letter bounce(Message message, String address, Instant at) {
    var text =
        "This is the mail system. Your message could not be delivered to the following"
            + " recipient:\n\n<"
            + address
            + ">: host mx.invalid said: 550 5.1.1 user unknown\n\n"
            + "Final-Recipient: rfc822; "
            + address
            + "\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 user unknown\n";
    var headers = threading(message, address);
    headers.put("Auto-Submitted", "auto-replied");
    headers.put("Content-Type", "multipart/report; report-type=delivery-status");
    return new Letter(
        "Mail Delivery Subsystem",
        "mailer-daemon@mail.example",
        replyAddress(message),
        "Delivery Status Notification (Failure)",
        at,
        text,
        text,
        "",
        headers);
  }

  /** All that is said in words for this; {@code %s} stands for the day of a return. */
  static List<String> phrases(Act act) {
    return switch (act) {
      case ASK_FOR_MEETING -> ASK_FOR_MEETING;
      case SHOW_INTEREST -> SHOW_INTEREST;
      case ASK -> ASK;
      case OBJECT -> OBJECT;
      case DECLINE -> DECLINE;
      case OPT_OUT -> OPT_OUT;
      case ACKNOWLEDGE -> ACKNOWLEDGE;
      case OUT_OF_OFFICE -> OUT_OF_OFFICE;
      case NOTHING, BOUNCE, ONE_CLICK, COMPLAIN -> List.of();
    };
  }

  private String words(Message message, String address, Act act, Instant at) {
    var phrase = dice("words", message, address).pick(phrases(act));
    return act == Act.OUT_OF_OFFICE ? phrase.formatted(returnDate(message, address, at)) : phrase;
  }

  private String returnDate(Message message, String address, Instant at) {
    var back = at.plus(Duration.ofDays(dice("return", message, address).between(3, 6)));
    return DateTimeFormatter.ofPattern(
            dice("date format", message, address).pick(DATE_FORMATS), Locale.US)
        .withZone(ZoneOffset.UTC)
        .format(back);
  }

  private String subject(Message message, String address, Act act) {
    return switch (act) {
      case OUT_OF_OFFICE ->
          dice("subject", message, address).pick(List.of("Automatic reply: ", "Out of Office: "))
              + message.subject();
      case ACKNOWLEDGE ->
          dice("subject", message, address)
                  .pick(List.of("Automatic reply: ", "We have received your message: "))
              + message.subject();
      default ->
          message.subject().regionMatches(true, 0, "Re:", 0, 3)
              ? message.subject()
              : "Re: " + message.subject();
    };
  }

  private LinkedHashMap<String, String> threading(Message message, String address) {
    var headers = new LinkedHashMap<String, String>();
    var domain = address.substring(address.indexOf('@') + 1);
    headers.put(
        "Message-ID", "<" + dice("message-id", message, address).hex(24) + "@" + domain + ">");
    headers.put("In-Reply-To", message.messageId());
    headers.put(
        "References",
        message.header("References").map(earlier -> earlier + " ").orElse("")
            + message.messageId());
    return headers;
  }

  private String quotation(Message message, String address) {
    var body = message.text() != null ? message.text() : plain(String.valueOf(message.html()));
    var sent =
        DateTimeFormatter.ofPattern("EEE, MMM d, yyyy 'at' h:mm a", Locale.US)
            .withZone(ZoneOffset.UTC)
            .format(message.at());
    if (dice("quotation style", message, address).inPercent(75)) {
      return "\n\nOn "
          + sent
          + " "
          + message.from()
          + " wrote:\n"
          + body.lines().map(line -> "> " + line).collect(Collectors.joining("\n"));
    }
    return "\n\n-----Original Message-----\nFrom: %s\nSent: %s\nTo: %s\nSubject: %s\n\n%s"
        .formatted(message.from(), sent, address, message.subject(), body);
  }

  private Dice dice(String decision, Message message, String address) {
    var touch = message.touches().getOrDefault(address, 0);
    return Dice.of(seed, decision, address, Integer.toString(touch));
  }

  private static String replyAddress(Message message) {
    return message.replyTo() == null ? message.from() : message.replyTo();
  }

  /** The name as mail programs guess it: {@code pat.doe@} is Pat Doe. */
  private static String name(String address) {
    return List.of(address.substring(0, address.indexOf('@')).split("[._+-]+")).stream()
        .filter(part -> !part.isEmpty())
        .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
        .collect(Collectors.joining(" "));
  }

  private static String plain(String html) {
    return html.replaceAll("(?i)<br\\s*/?>|</p>", "\n").replaceAll("<[^>]+>", "").strip();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\n", "<br>\n");
  }
}
