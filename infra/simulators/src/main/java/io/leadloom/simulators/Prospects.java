package io.leadloom.simulators;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The people behind the addresses, and what becomes of a message to them. Who they are follows from
 * the seed and their address, and what they do from how many messages they have had; so neither
 * time nor order can change the outcome.
 */
final class Prospects {

  private static final Duration SOONEST = Duration.ofHours(1);
  private static final Duration LATEST = Duration.ofHours(40);
  private static final Pattern LINK_IN_TEXT = Pattern.compile("https?://[^\\s\"'<>)]+");
  private static final Pattern LINK_IN_HEADER = Pattern.compile("<(https?://[^>\\s]+)>");

  private final long seed;
  private final String api;
  private final String aws;
  private final Letters letters;

  Prospects(long seed, URI api, URI aws) {
    this.seed = seed;
    this.api = api.toString().replaceAll("/+$", "");
    this.aws = aws.toString().replaceAll("/+$", "");
    this.letters = new Letters(seed);
  }

  /** What the person does at their {@code touch}-th message, counted from 1. */
  Act act(String address, int touch) {
    var persona = Persona.of(Dice.of(seed, "persona", address).percent());
    if (!persona.isAutomatic() || touch == 1) {
      return persona.act(touch);
    }
    return behindTheMachine(address).act(touch - 1);
  }

  /** All that follows from a message, in the order of time. */
  List<Reaction> reactions(Message message) {
    if (message.tenant().isEmpty()) {
      return List.of();
    }
    var reactions = new ArrayList<Reaction>();
    message
        .touches()
        .forEach((address, touch) -> reactions.addAll(reactions(message, address, touch)));
    reactions.sort(Comparator.comparing(Reaction::due));
    return List.copyOf(reactions);
  }

  private List<Reaction> reactions(Message message, String address, int touch) {
    var act = touch == 0 ? Act.NOTHING : act(address, touch);
    var due = message.at().plus(delay(act, address, touch));
    var reactions = new ArrayList<Reaction>();
    if (message.provider().equals(ResendSimulator.NAME)) {
      reactions.addAll(resendEvents(message, address, act, due));
    } else if (message.tags().containsKey(SesSimulator.CONFIGURATION_SET)) {
      reactions.addAll(sesEvents(message, address, act, due));
    } else if (act == Act.BOUNCE) {
      reactions.add(
          inbound(message, address, "bounce", letters.bounce(message, address, due), due));
    }
    if (act.isReply()) {
      reactions.add(
          inbound(message, address, "reply", letters.reply(message, address, act, due), due));
    } else if (act == Act.ONE_CLICK) {
      reactions.add(unsubscribe(message, address, due));
    }
    return reactions;
  }

  /** Someone else than a machine, whom a message reaches. */
  private Persona behindTheMachine(String address) {
    for (var roll = 1; ; roll++) {
      var persona = Persona.of(Dice.of(seed, "second persona " + roll, address).percent());
      if (!persona.isAutomatic() && persona != Persona.UNREACHABLE) {
        return persona;
      }
    }
  }

  private Duration delay(Act act, String address, int touch) {
    var dice = Dice.of(seed, "delay", address, Integer.toString(touch));
    if (act == Act.BOUNCE) {
      return dice.between(Duration.ofSeconds(10), Duration.ofSeconds(60));
    }
    return act.isAutomatic()
        ? dice.between(Duration.ofMinutes(1), Duration.ofMinutes(10))
        : dice.between(SOONEST, LATEST);
  }

  private List<Reaction> resendEvents(Message message, String address, Act act, Instant due) {
    var events = new ArrayList<Reaction>();
    events.add(event(message, address, "email.sent", message.at().plusSeconds(1), Json.object()));
    if (act == Act.BOUNCE) {
      var bounce = Json.object();
      bounce
          .putObject("bounce")
          .put(
              "message",
              "The recipient's email provider sent a hard bounce message, but didn't specify the"
                  + " reason.")
          .put("type", "Permanent")
          .put("subType", "General")
          .putArray("diagnosticCode")
          .add("smtp; 550 5.1.1 <" + address + ">: user unknown");
      events.add(event(message, address, "email.bounced", due, bounce));
      return events;
    }
    var delivered = delivered(message);
    events.add(event(message, address, "email.delivered", delivered, Json.object()));
    if (act == Act.COMPLAIN) {
      events.add(event(message, address, "email.complained", due, Json.object()));
    }
    if (isOpened(message, address, act)) {
      var opened = delivered.plus(Duration.between(delivered, due).dividedBy(2));
      events.add(event(message, address, "email.opened", opened, Json.object()));
      var link = link(message);
      if (link.isPresent() && Dice.of(seed, "click", message.id(), address).inPercent(15)) {
        var click = Json.object();
        click
            .putObject("click")
            .put("ipAddress", "192.0.2.10")
            .put("link", link.get())
            .put("timestamp", opened.plusSeconds(20).toString())
            .put("userAgent", "Mozilla/5.0");
        events.add(event(message, address, "email.clicked", opened.plusSeconds(20), click));
      }
    }
    return events;
  }

  private List<Reaction> sesEvents(Message message, String address, Act act, Instant due) {
    if (act == Act.BOUNCE) {
      var bounce = Json.object().put("bounceType", "Permanent").put("bounceSubType", "General");
      bounce
          .putArray("bouncedRecipients")
          .addObject()
          .put("emailAddress", address)
          .put("action", "failed")
          .put("status", "5.1.1")
          .put("diagnosticCode", "smtp; 550 5.1.1 <" + address + ">: user unknown");
      return List.of(sesEvent(message, address, "Email Bounced", "Bounce", due, bounce));
    }
    var delivered = delivered(message);
    var delivery = Json.object().put("smtpResponse", "250 2.0.0 OK");
    delivery.putArray("recipients").add(address);
    var events = new ArrayList<Reaction>();
    events.add(sesEvent(message, address, "Email Delivered", "Delivery", delivered, delivery));
    if (act == Act.COMPLAIN) {
      var complaint = Json.object().put("complaintFeedbackType", "abuse");
      complaint.putArray("complainedRecipients").addObject().put("emailAddress", address);
      events.add(
          sesEvent(message, address, "Email Complaint Received", "Complaint", due, complaint));
    }
    return events;
  }

  private Reaction sesEvent(
      Message message,
      String address,
      String detailType,
      String eventType,
      Instant due,
      ObjectNode what) {
    what.put("timestamp", due.toString());
    var detail = Json.object().put("eventType", eventType);
    var mail = detail.putObject("mail");
    mail.put("timestamp", message.at().toString())
        .put("source", message.from())
        .put("messageId", message.id());
    mail.putPOJO("destination", message.touches().keySet());
    var tags = mail.putObject("tags");
    message.tags().forEach((name, value) -> tags.putArray(name).add(value));
    detail.set(eventType.toLowerCase(Locale.ROOT), what);
    var event = Json.object().put("source", "aws.ses").put("detail-type", detailType);
    event.set("detail", detail);
    return new Reaction(
        Dice.of(seed, "event", message.id(), address, detailType).uuid().toString(),
        due,
        SesSimulator.NAME,
        detailType,
        URI.create(aws + "/_leadloom/events"),
        "application/json",
        Json.bytes(event),
        new Reaction.Proof.None());
  }

  private Instant delivered(Message message) {
    return message.at().plusSeconds(Dice.of(seed, "transit", message.id()).between(2, 30));
  }

  /** Only a mail with HTML can hold the picture that tells of its opening. */
  private boolean isOpened(Message message, String address, Act act) {
    var human = act != Act.NOTHING && !act.isAutomatic();
    return message.html() != null
        && !Message.isNotice(address, message.tags())
        && (human || Dice.of(seed, "open", message.id(), address).inPercent(35));
  }

  private static Optional<String> link(Message message) {
    return LINK_IN_TEXT
        .matcher(String.valueOf(message.html()))
        .results()
        .map(match -> match.group())
        .filter(link -> !link.contains("unsubscribe") && !link.contains("opt-out"))
        .findFirst();
  }

  private Reaction event(
      Message message, String address, String type, Instant due, ObjectNode extra) {
    var data =
        Json.object()
            .put("email_id", message.id())
            .put("created_at", message.at().toString())
            .put("from", message.from())
            .put("subject", message.subject());
    data.putPOJO("to", message.touches().keySet());
    data.putPOJO("tags", message.tags());
    var headers = data.putArray("headers");
    message
        .headers()
        .forEach((name, value) -> headers.addObject().put("name", name).put("value", value));
    data.setAll(extra);
    var body = Json.object().put("type", type).put("created_at", due.toString());
    body.set("data", data);
    return new Reaction(
        "msg_" + Dice.of(seed, "event", message.id(), address, type).hex(27),
        due,
        ResendSimulator.NAME,
        type,
        webhook("resend", message),
        "application/json",
        Json.bytes(body),
        new Reaction.Proof.Signed(
            SimulatedCredentials.of(message.tenant()).resend().webhookSecret()));
  }

  private Reaction inbound(
      Message message, String address, String what, Letter letter, Instant due) {
    var id = Dice.of(seed, "inbound", message.id(), address, what).uuid().toString();
    var postmark = SimulatedCredentials.of(message.tenant()).postmark();
    return new Reaction(
        id,
        due,
        "postmark",
        "inbound",
        webhook("postmark", message),
        "application/json",
        Json.bytes(letter.inbound(id)),
        new Reaction.Proof.Password(postmark.user(), postmark.password()));
  }

  private Reaction unsubscribe(Message message, String address, Instant due) {
    var button = button(message);
    if (button.isEmpty()) {
      // Who finds no button asks in words.
      return inbound(
          message, address, "reply", letters.reply(message, address, Act.OPT_OUT, due), due);
    }
    return new Reaction(
        "one-click/" + message.id() + "/" + address,
        due,
        "mailbox",
        "one-click",
        button.get(),
        "application/x-www-form-urlencoded",
        "List-Unsubscribe=One-Click".getBytes(StandardCharsets.US_ASCII),
        new Reaction.Proof.None());
  }

  /** The button that mail programs show for a {@code List-Unsubscribe} with a link. */
  private static Optional<URI> button(Message message) {
    var link = LINK_IN_HEADER.matcher(message.header("List-Unsubscribe").orElse(""));
    if (!link.find()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new URI(link.group(1))).filter(uri -> uri.getHost() != null);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private URI webhook(String provider, Message message) {
    return URI.create(api + "/webhooks/" + provider + "/" + message.tenant());
  }
}
