package io.leadloom.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.simulators.Mailboxes.Mail;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Amazon SES: {@code POST /v2/email/outbound-emails} with {@code Content.Simple}. It has no
 * idempotency: what is asked twice is sent twice. The tenant is told by the tag {@code tenant}, for
 * there is no key that could; a message without it reaches people whose answers find no way back.
 * With a configuration set, deliveries, bounces and complaints are told to the event bus; without,
 * bounces come back as mail.
 */
final class SesSimulator implements Provider {

  static final String NAME = "ses";

  /** The tag that SES itself adds. */
  static final String CONFIGURATION_SET = "ses:configuration-set";

  private static final int MOST_RECIPIENTS = 50;
  private static final int MOST_HEADERS = 15;

  private final World world;
  private final Mailboxes mailboxes;
  private final Prospects prospects;
  private final Deliveries deliveries;

  SesSimulator(World world, Mailboxes mailboxes, Prospects prospects, Deliveries deliveries) {
    this.world = world;
    this.mailboxes = mailboxes;
    this.prospects = prospects;
    this.deliveries = deliveries;
  }

  @Override
  public Answer handle(Call call) {
    if (!call.path().equals("/v2/email/outbound-emails") || !call.method().equals("POST")) {
      throw refusal(
          404, "NotFoundException", "No such operation: " + call.method() + " " + call.path());
    }
    if (!call.header("Authorization").orElse("").startsWith("AWS4-HMAC-SHA256 ")) {
      throw refusal(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
    }
    var body = call.json().orElseThrow(() -> bad("The request body is not a JSON object"));
    var mail = mail(body);
    var note = Mailboxes.note(mail, null);
    return world.atomically(() -> {
      var message = mailboxes.message(NAME, mail, call.at());
      var reactions = prospects.reactions(message);
      var noted = note.withEffect("message:" + message.id());
      world.record(new Happening.MessageSent(message, null, "", call.line(noted)));
      deliveries.schedule(reactions);
      return Answer.json(200, Json.object().put("MessageId", message.id())).noting(noted);
    });
  }

  @Override
  public Answer tooManyRequests() {
    return error(429, "TooManyRequestsException", "Too many requests");
  }

  private static Mail mail(JsonNode body) {
    var from = body.path("FromEmailAddress").asText();
    if (Mailboxes.address(from).isEmpty()) {
      throw bad("Missing or illegal FromEmailAddress: " + from);
    }
    var to = strings(body.path("Destination").path("ToAddresses"));
    if (to.isEmpty() || to.size() > MOST_RECIPIENTS) {
      throw bad("Destination.ToAddresses needs 1 to 50 addresses, but has " + to.size());
    }
    var replyTo = strings(body.path("ReplyToAddresses"));
    for (var address : Stream.concat(to.stream(), replyTo.stream()).toList()) {
      if (Mailboxes.address(address).isEmpty()) {
        throw bad("Illegal address: " + address);
      }
    }
    var simple = body.path("Content").path("Simple");
    var subject = data(simple.path("Subject"));
    var text = data(simple.path("Body").path("Text"));
    var html = data(simple.path("Body").path("Html"));
    if (subject == null || (text == null && html == null)) {
      throw bad("Content.Simple needs a Subject and a Body");
    }
    var headers = pairs(simple.path("Headers"));
    if (headers.size() > MOST_HEADERS) {
      throw bad("Content.Simple.Headers may have at most 15 headers, but has " + headers.size());
    }
    var tags = pairs(body.path("EmailTags"));
    tags.forEach(SesSimulator::checkTag);
    var set = body.path("ConfigurationSetName").asText();
    if (!set.isEmpty()) {
      tags.put(CONFIGURATION_SET, set);
    }
    var tenant = tags.getOrDefault("tenant", "");
    if (!tenant.isEmpty() && !SimulatedCredentials.isTenant(tenant)) {
      throw bad("The EmailTag tenant names no tenant: " + tenant);
    }
    return new Mail(
        tenant,
        from,
        to,
        replyTo.isEmpty() ? null : replyTo.getFirst(),
        subject,
        text,
        html,
        headers,
        tags);
  }

  private static void checkTag(String name, String value) {
    if (!name.matches("[A-Za-z0-9_-]{1,256}") || !value.matches("[A-Za-z0-9_.@-]{0,256}")) {
      throw bad("Illegal EmailTag " + name + "=" + value);
    }
  }

  private static @Nullable String data(JsonNode content) {
    return content.path("Data").isTextual() ? content.path("Data").asText() : null;
  }

  private static List<String> strings(JsonNode array) {
    return stream(array).map(JsonNode::asText).toList();
  }

  private static Map<String, String> pairs(JsonNode array) {
    var pairs = new LinkedHashMap<String, String>();
    array.forEach(pair -> pairs.put(pair.path("Name").asText(), pair.path("Value").asText()));
    return pairs;
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static Refusal bad(String message) {
    return refusal(400, "BadRequestException", message);
  }

  private static Refusal refusal(int status, String type, String message) {
    return new Refusal(error(status, type, message));
  }

  private static Answer error(int status, String type, String message) {
    return Answer.json(status, Json.object().put("message", message))
        .with("x-amzn-ErrorType", type);
  }
}
