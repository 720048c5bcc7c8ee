package io.leadloom.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the items of a distributed Map out of S3.
 *
 * @param resource the call that fetches them, as {@link TaskServices} names it
 * @param inputType {@code JSON}, {@code JSONL}, {@code CSV}, or empty for a list of objects
 * @param headers the CSV's headers, or null when they are its first row
 */
record ItemReader(
    String resource,
    @Nullable Template arguments,
    String inputType,
    @Nullable List<String> headers,
    char delimiter,
    NumberField maxItems) {

  private static final long MOST_ITEMS = 100_000_000;

  /** How many items are wanted at most. */
  long limit(Scope scope) {
    var limit = maxItems.evaluate(scope);
    if (limit == null || limit.signum() == 0 || limit.longValue() > MOST_ITEMS) {
      return MOST_ITEMS;
    }
    if (limit.signum() < 0) {
      throw StateError.of(
          StateError.ITEM_READER, scope.runtimeError("field MaxItems must be positive").cause());
    }
    return limit.longValue();
  }

  /** The items in what the call answered. */
  ArrayNode items(JsonNode answer, long limit) {
    var all = resource.contains("istObjects") ? contents(answer) : body(answer);
    var items = Json.array();
    for (int i = 0; i < all.size() && i < limit; i++) {
      items.add(all.get(i));
    }
    return items;
  }

  private static JsonNode contents(JsonNode answer) {
    var objects = Json.array();
    for (var object : answer.path("Contents")) {
      var item = Json.object();
      item.set("Etag", object.has("ETag") ? object.get("ETag") : object.path("Etag"));
      item.set("LastModified", object.path("LastModified"));
      item.set("Key", object.path("Key"));
      item.set("Size", object.path("Size"));
      item.set("StorageClass", object.path("StorageClass"));
      objects.add(item);
    }
    return objects;
  }

  private JsonNode body(JsonNode answer) {
    var text = answer.path("Body").asText();
    return switch (inputType) {
      case "CSV" -> csv(text);
      case "JSONL" -> lines(text);
      default -> json(text);
    };
  }

  private static JsonNode json(String text) {
    try {
      var node = Json.parse(text);
      if (!node.isArray()) {
        throw failed("Attempting to map over non-iterable node.");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw failed("The file is no valid JSON: " + e.getOriginalMessage());
    }
  }

  private static JsonNode lines(String text) {
    var items = Json.array();
    for (var line : text.lines().filter(l -> !l.isBlank()).toList()) {
      items.add(parseLine(line));
    }
    return items;
  }

  private static JsonNode parseLine(String line) {
    try {
      return Json.parse(line);
    } catch (JsonProcessingException e) {
      throw failed("A line is no valid JSON: " + e.getOriginalMessage());
    }
  }

  private ArrayNode csv(String text) {
    var rows = Csv.parse(text, delimiter);
    var names = headers;
    if (names == null) {
      if (rows.isEmpty()) {
        return Json.array();
      }
      names = rows.removeFirst();
    }
    if (new HashSet<>(names).size() != names.size()) {
      throw failed("CSV headers cannot contain duplicates.");
    }
    var items = Json.array();
    for (var row : rows) {
      // The order of the fields is that of a hash table in AWS's answers, too.
      Map<String, String> fields = new HashMap<>();
      for (int i = 0; i < names.size(); i++) {
        fields.put(names.get(i), i < row.size() ? row.get(i) : "");
      }
      var item = Json.object();
      fields.forEach(item::put);
      items.add(item);
    }
    return items;
  }

  private static StateError failed(String cause) {
    return StateError.of(StateError.ITEM_READER, cause);
  }
}
