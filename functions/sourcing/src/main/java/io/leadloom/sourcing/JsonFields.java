package io.leadloom.sourcing;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.platform.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The fields of a record in JSON as texts. What is null is left out; members of an object within
 * get the object's name in front ({@code location} with {@code city} gives {@code location_city}),
 * and so do those of the address that Socrata writes as a JSON text within its locations.
 */
final class JsonFields {

  private static final String HUMAN_ADDRESS = "human_address";

  private JsonFields() {}

  static Map<String, String> of(JsonNode record) {
    var fields = new LinkedHashMap<String, String>();
    add(fields, "", record);
    return fields;
  }

  private static void add(Map<String, String> fields, String prefix, JsonNode object) {
    for (var member : object.properties()) {
      var value = member.getValue();
      if (member.getKey().equals(HUMAN_ADDRESS) && value.isTextual()) {
        add(fields, prefix, parsed(value.asText()));
      } else {
        put(fields, prefix + member.getKey(), value);
      }
    }
  }

  private static void put(Map<String, String> fields, String name, JsonNode value) {
    switch (value.getNodeType()) {
      case OBJECT -> add(fields, name + "_", value);
      case ARRAY -> {
        var texts = new StringJoiner(", ");
        value.forEach(each -> {
          if (each.isTextual()) {
            texts.add(each.asText());
          }
        });
        fields.put(name, texts.toString());
      }
      case NUMBER -> fields.put(name, value.decimalValue().toPlainString());
      case STRING, BOOLEAN -> fields.put(name, value.asText());
      case NULL, MISSING, BINARY, POJO -> {}
    }
  }

  private static JsonNode parsed(String json) {
    try {
      return Json.tree(json.getBytes(StandardCharsets.UTF_8));
    } catch (InvalidInputException e) {
      return Json.mapper().createObjectNode();
    }
  }
}
