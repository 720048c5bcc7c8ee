package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.local.template.EventRule;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Works out what a target of a rule is sent for an event. */
final class TargetInput {

  private static final Pattern PLACEHOLDER = Pattern.compile("\"?<([A-Za-z0-9_.-]+)>\"?");

  private TargetInput() {}

  static Delivery delivery(EventRule.Target target, EventRule rule, ObjectNode event, Instant now) {
    var scheduler = rule.schedule().filter(EventRule.Schedule::scheduler).isPresent();
    return new Delivery(
        UUID.randomUUID().toString(),
        target.arn(),
        input(target, rule, event),
        0,
        0,
        target.messageGroupId().orElse(null),
        new Handover(
            scheduler ? "SCHEDULE_ARN" : "RULE_ARN",
            rule.arn(),
            target.retries().most(),
            now.plus(target.retries().longest()).toEpochMilli(),
            target.deadLetterArn().orElse(null)));
  }

  private static String input(EventRule.Target target, EventRule rule, ObjectNode event) {
    if (target.input().isPresent()) {
      return target.input().get();
    }
    if (target.inputPath().isPresent()) {
      return at(event, target.inputPath().get()).toString();
    }
    return target
        .transformer()
        .map(transformer -> transform(transformer, rule, event))
        .orElseGet(event::toString);
  }

  private static String transform(
      EventRule.Transformer transformer, EventRule rule, ObjectNode event) {
    return PLACEHOLDER
        .matcher(transformer.template())
        .replaceAll(match -> {
          var name = match.group(1);
          var path = transformer.paths().get(name);
          JsonNode value =
              switch (name) {
                case "aws.events.event", "aws.events.event.json" -> event;
                case "aws.events.rule-arn" -> Json.MAPPER.valueToTree(rule.arn());
                case "aws.events.rule-name" -> Json.MAPPER.valueToTree(rule.name());
                case "aws.events.event.ingestion-time" -> event.get("time");
                default -> path == null ? Json.MAPPER.nullNode() : at(event, path);
              };
          return Matcher.quoteReplacement(write(value, match.group()));
        });
  }

  /** A placeholder within quotes becomes part of the text; a bare one becomes a JSON value. */
  private static String write(JsonNode value, String placeholder) {
    var opens = placeholder.startsWith("\"");
    var closes = placeholder.endsWith("\"");
    if (opens && closes) {
      return value.isTextual() ? value.toString() : "\"" + escape(value.toString()) + "\"";
    }
    if (!opens && !closes) {
      return value.toString();
    }
    var text = escape(value.isTextual() ? value.asText() : value.toString());
    return (opens ? "\"" : "") + text + (closes ? "\"" : "");
  }

  private static String escape(String text) {
    var quoted = Json.MAPPER.valueToTree(text).toString();
    return quoted.substring(1, quoted.length() - 1);
  }

  /** The simple JSON paths that EventBridge knows: {@code $.detail.items[0].id}. */
  private static JsonNode at(JsonNode event, String path) {
    var pointer = path.replaceFirst("^\\$", "").replace('.', '/').replaceAll("\\[(\\d+)]", "/$1");
    var value = event.at(pointer);
    return value.isMissingNode() ? Json.MAPPER.nullNode() : value;
  }
}
