package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells whether an answer is the recorded one. A recorded {@code <token>} stands for any text, but
 * for the same one wherever it occurs in the scenario.
 */
final class Likeness {

  private static final Set<String> IGNORED =
      Set.of(
          "timestamp",
          "ResponseMetadata",
          "SdkHttpMetadata",
          "SdkResponseMetadata",
          "billingDetails");

  /** Masks that are not in brackets; each stands for any value. */
  private static final Set<String> MASKS =
      Set.of(
          "timestamp",
          "date",
          "datetime",
          "start-date",
          "stop-date",
          "start-time",
          "entered-time",
          "snf_role_arn",
          "lambda_function_name",
          "sqs_queue_url",
          "a_task_token",
          "task_token",
          "a_message_id",
          "bucket-name",
          "bucket_name",
          "activity_arn",
          "map_run_arn",
          "someNonexistentBucketName");

  private static final Pattern TOKEN = Pattern.compile("<(<[^<>]+>[^<>]*|[^<>]+)>");

  private final boolean texts;
  private Map<String, String> bindings = new HashMap<>();
  private String difference = "";

  /**
   * @param texts whether causes and locations have to agree as well
   */
  Likeness(boolean texts) {
    this.texts = texts;
  }

  /** Where the last comparison failed. */
  String difference() {
    return difference;
  }

  boolean alike(JsonNode recorded, JsonNode answer) {
    var before = new HashMap<>(bindings);
    var alike = alike("", recorded, normal(answer));
    if (!alike) {
      bindings = before;
    }
    return alike;
  }

  /** Texts that hold an object were replaced by it in the recordings. */
  private static JsonNode normal(JsonNode node) {
    if (node.isTextual() && (node.textValue().startsWith("{"))) {
      try {
        return normal(Json.MAPPER.readTree(node.textValue()));
      } catch (IOException e) {
        return node;
      }
    }
    return node;
  }

  private boolean alike(String path, JsonNode recorded, JsonNode given) {
    var answer = recorded.isTextual() ? given : normal(given);
    if (recorded instanceof ObjectNode object && answer instanceof ObjectNode other) {
      return fields(path, object, other);
    }
    if (recorded.isArray() && answer.isTextual() && answer.textValue().startsWith("[")) {
      return alike(path, recorded, parsed(answer.textValue()));
    }
    if (recorded instanceof ArrayNode array && answer instanceof ArrayNode other) {
      if (array.size() != other.size()) {
        return differ(path, recorded, answer);
      }
      for (int i = 0; i < array.size(); i++) {
        if (!alike(path + "[" + i + "]", array.get(i), other.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (recorded.isNumber() && answer.isNumber()) {
      return recorded.decimalValue().compareTo(answer.decimalValue()) == 0
          || differ(path, recorded, answer);
    }
    if (recorded.isTextual()) {
      return text(path, recorded.textValue(), answer) || differ(path, recorded, answer);
    }
    return recorded.equals(answer) || differ(path, recorded, answer);
  }

  private static JsonNode parsed(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private boolean fields(String path, ObjectNode recorded, ObjectNode answer) {
    for (var field : recorded.properties()) {
      var name = field.getKey();
      if (skipped(name)) {
        continue;
      }
      if (!answer.has(name)) {
        return differ(path + "/" + name, field.getValue(), answer.path(name));
      }
      if (!alike(path + "/" + name, field.getValue(), answer.get(name))) {
        return false;
      }
    }
    for (var field : answer.properties()) {
      // Older recordings are from before executions could be redriven.
      var young = field.getKey().equals("RedriveCount");
      if (!recorded.has(field.getKey()) && !skipped(field.getKey()) && !young) {
        return differ(path + "/" + field.getKey(), recorded.path(field.getKey()), field.getValue());
      }
    }
    return true;
  }

  private boolean skipped(String name) {
    return IGNORED.contains(name) || (!texts && (name.equals("cause") || name.equals("location")));
  }

  private boolean text(String path, String given, JsonNode answer) {
    var recorded =
        given
            .replaceAll("function:lambda_function_name", "function:<lambda_function_name>")
            .replaceAll("no-such-queue-[0-9a-f]{8}", "<queue>");
    if (MASKS.contains(recorded)) {
      return answer.isValueNode();
    }
    if (recorded.startsWith("[") && answer.isTextual() && answer.textValue().startsWith("[")) {
      return alike(path, parsed(recorded), parsed(answer.textValue()));
    }
    if (!TOKEN.matcher(recorded).find()) {
      return answer.isTextual() && answer.textValue().equals(recorded);
    }
    return answer.isValueNode() && unify(recorded, answer.asText());
  }

  private boolean unify(String recorded, String answer) {
    var pattern = new StringBuilder();
    List<String> names = new ArrayList<>();
    var matcher = TOKEN.matcher(recorded);
    int from = 0;
    while (matcher.find()) {
      pattern.append(Pattern.quote(recorded.substring(from, matcher.start()))).append("(.+?)");
      names.add(matcher.group());
      from = matcher.end();
    }
    pattern.append(Pattern.quote(recorded.substring(from)));
    var groups = Pattern.compile(pattern.toString(), Pattern.DOTALL).matcher(answer);
    if (!groups.matches()) {
      return false;
    }
    for (int i = 0; i < names.size(); i++) {
      var bound = bindings.putIfAbsent(names.get(i), groups.group(i + 1));
      // Masks without a number stand for several values of their kind.
      var numbered = names.get(i).matches(".*(:\\d+>|idx>)");
      if (numbered && bound != null && !bound.equals(groups.group(i + 1))) {
        return false;
      }
    }
    return true;
  }

  private boolean differ(String path, JsonNode recorded, JsonNode answer) {
    difference = path + ": recorded " + brief(recorded) + ", but is " + brief(answer);
    return false;
  }

  private static String brief(JsonNode node) {
    var text = node.toString();
    return text.length() > 300 ? text.substring(0, 300) + "..." : text;
  }
}
