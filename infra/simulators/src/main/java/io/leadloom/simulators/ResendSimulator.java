package io.leadloom.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.simulators.Mailboxes.Mail;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Resend: {@code POST /emails} with {@code Idempotency-Key}, and {@code GET /emails/{id}}. What
 * becomes of a message is told by signed webhooks; see {@link Prospects}.
 */
final class ResendSimulator implements Provider {

  static final String NAME = "resend";

  private static final int MOST_RECIPIENTS = 50;
  private static final int LONGEST = 256;

  private final World world;
  private final Mailboxes mailboxes;
  private final Prospects prospects;
  private final Deliveries deliveries;

  ResendSimulator(World world, Mailboxes mailboxes, Prospects prospects, Deliveries deliveries) {
    this.world = world;
    this.mailboxes = mailboxes;
    this.prospects = prospects;
    this.deliveries = deliveries;
  }

  @Override
  public Answer handle(Call call) {
    var tenant = tenant(call);
    if (call.path().equals("/emails")) {
      if (!call.method().equals("POST")) {
        throw refusal(405, "method_not_allowed", "Method is not allowed for the requested path.");
      }
      return send(call, tenant);
    }
    if (call.path().startsWith("/emails/") && call.method().equals("GET")) {
      return show(call, tenant, call.path().substring("/emails/".length()));
    }
    throw refusal(404, "not_found", "The requested endpoint does not exist.");
  }

  @Override
  public Answer tooManyRequests() {
    return error(
            429,
            "rate_limit_exceeded",
            "Too many requests. You can only make 2 requests per second.")
        .with("ratelimit-limit", "2")
        .with("ratelimit-remaining", "0")
        .with("ratelimit-reset", "1")
        .with("retry-after", "1");
  }

  private static String tenant(Call call) {
    var key = call.bearer().orElseThrow(() -> refusal(401, "missing_api_key", "Missing API Key"));
    return SimulatedCredentials.tenantOf("re", key)
        .orElseThrow(() -> refusal(403, "invalid_api_key", "API key is invalid"));
  }

  private Answer send(Call call, String tenant) {
    var key = call.header("Idempotency-Key").orElse(null);
    if (key != null && (key.isEmpty() || key.length() > LONGEST)) {
      throw refusal(
          400,
          "invalid_idempotency_key",
          "The key must be between 1-256 chars. Retry with a valid key.");
    }
    var body =
        call.json()
            .orElseThrow(() -> refusal(422, "validation_error", "The body is not a JSON object."));
    var mail = mail(tenant, body);
    var note = Mailboxes.note(mail, key);
    var bodyHash = Dice.of(0, Json.canonical(body)).hex(64);
    return world.atomically(() -> {
      if (key != null) {
        var earlier = world.earlier(tenant, key, call.at());
        if (earlier.isPresent()) {
          return earlier.get().bodyHash().equals(bodyHash)
              ? accepted(earlier.get().messageId()).noting(note)
              : error(
                      409,
                      "invalid_idempotent_request",
                      "Same idempotency key used with a different request payload.")
                  .noting(note);
        }
      }
      var message = mailboxes.message(NAME, mail, call.at());
      var reactions = prospects.reactions(message);
      var noted = note.withEffect("message:" + message.id());
      world.record(new Happening.MessageSent(message, key, bodyHash, call.line(noted)));
      deliveries.schedule(reactions);
      return accepted(message.id()).noting(noted);
    });
  }

  private static Answer accepted(String id) {
    return Answer.json(200, Json.object().put("id", id));
  }

  private Answer show(Call call, String tenant, String id) {
    var message =
        world
            .message(id)
            .filter(known -> known.provider().equals(NAME) && known.tenant().equals(tenant))
            .orElseThrow(() -> refusal(404, "not_found", "Email not found"));
    var lastEvent =
        prospects.reactions(message).stream()
            .filter(reaction -> !reaction.due().isAfter(call.at()))
            .map(Reaction::type)
            .filter(type -> type.startsWith("email."))
            .map(type -> type.substring("email.".length()))
            .reduce("queued", (earlier, later) -> later);
    var shown =
        Json.object()
            .put("object", "email")
            .put("id", message.id())
            .put("message_id", message.messageId())
            .put("created_at", message.at().toString())
            .put("from", message.from())
            .put("subject", message.subject())
            .put("html", message.html())
            .put("text", message.text())
            .put("last_event", lastEvent)
            .putNull("scheduled_at");
    shown.putPOJO("to", message.touches().keySet());
    shown.putPOJO("cc", List.of());
    shown.putPOJO("bcc", List.of());
    shown.putPOJO("reply_to", message.replyTo() == null ? List.of() : List.of(message.replyTo()));
    var tags = shown.putArray("tags");
    message.tags().forEach((name, value) -> tags.addObject().put("name", name).put("value", value));
    return Answer.json(200, shown);
  }

  private static Mail mail(String tenant, JsonNode body) {
    var from = required(body, "from");
    var to = strings(body.path("to"));
    if (to.isEmpty()) {
      throw missing("to");
    }
    if (to.size() > MOST_RECIPIENTS) {
      throw invalid("The `to` field must have at most 50 recipients.");
    }
    checkAddress("from", from);
    to.forEach(address -> checkAddress("to", address));
    var replyTo = strings(body.path("reply_to"));
    replyTo.forEach(address -> checkAddress("reply_to", address));
    var subject = required(body, "subject");
    var text = optional(body, "text");
    var html = optional(body, "html");
    if (text == null && html == null) {
      throw refusal(422, "missing_required_field", "Missing `html` or `text` field.");
    }
    return new Mail(
        tenant,
        from,
        to,
        replyTo.isEmpty() ? null : replyTo.getFirst(),
        subject,
        text,
        html,
        headers(body.path("headers")),
        tags(body.path("tags")));
  }

  private static Map<String, String> headers(JsonNode node) {
    var headers = new LinkedHashMap<String, String>();
    for (var header : node.properties()) {
      if (!header.getValue().isTextual()) {
        throw invalid("The value of header `" + header.getKey() + "` must be a string.");
      }
      headers.put(header.getKey(), header.getValue().asText());
    }
    return headers;
  }

  private static Map<String, String> tags(JsonNode node) {
    var tags = new LinkedHashMap<String, String>();
    for (var tag : node) {
      var name = tag.path("name").asText();
      var value = tag.path("value").asText();
      for (var part : List.of(name, value)) {
        if (!part.matches("[A-Za-z0-9_-]{1," + LONGEST + "}")) {
          throw invalid("Tags should only contain ASCII letters, numbers, underscores, or dashes.");
        }
      }
      tags.put(name, value);
    }
    return tags;
  }

  private static List<String> strings(JsonNode node) {
    var strings = new ArrayList<String>();
    if (node.isTextual()) {
      strings.add(node.asText());
    }
    node.forEach(element -> strings.add(element.asText()));
    return strings;
  }

  private static String required(JsonNode body, String member) {
    var value = optional(body, member);
    if (value == null || value.isBlank()) {
      throw missing(member);
    }
    return value;
  }

  private static @Nullable String optional(JsonNode body, String member) {
    var value = body.path(member);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw invalid("The `" + member + "` field must be a string.");
    }
    return value.asText();
  }

  private static void checkAddress(String member, String address) {
    if (Mailboxes.address(address).isEmpty()) {
      throw invalid(
          "Invalid `"
              + member
              + "` field. The email address needs to follow the `email@example.com` or `Name"
              + " <email@example.com>` format.");
    }
  }

  private static Refusal missing(String member) {
    return refusal(422, "missing_required_field", "Missing `" + member + "` field.");
  }

  private static Refusal invalid(String message) {
    return refusal(422, "validation_error", message);
  }

  private static Refusal refusal(int status, String name, String message) {
    return new Refusal(error(status, name, message));
  }

  private static Answer error(int status, String name, String message) {
    return Answer.json(
        status, Json.object().put("statusCode", status).put("message", message).put("name", name));
  }
}
