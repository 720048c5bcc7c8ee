package io.leadloom.states;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Translates between JSON trees and the plain values that the JSONata library works on. */
final class JsonataValues {

  private static final double LARGEST_EXACT_INTEGER = 9_007_199_254_740_992.0;

  private JsonataValues() {}

  static Object fromJson(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        Map<String, Object> map = LinkedHashMap.newLinkedHashMap(node.size());
        node.properties().forEach(e -> map.put(e.getKey(), fromJson(e.getValue())));
        yield map;
      }
      case ARRAY -> {
        List<Object> list = new ArrayList<>(node.size());
        node.forEach(element -> list.add(fromJson(element)));
        yield list;
      }
      case STRING -> node.textValue();
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> number(node);
      default -> Jsonata.NULL_VALUE;
    };
  }

  private static Object number(JsonNode node) {
    if (node.isInt()) {
      return node.intValue();
    }
    if (node.isLong()) {
      return node.longValue();
    }
    return node.doubleValue();
  }

  /** The tree of a value; null when the value holds something that JSON cannot, a function. */
  static @Nullable JsonNode toJson(@Nullable Object value) {
    if (value == null || value == Jsonata.NULL_VALUE) {
      return NullNode.instance;
    }
    return switch (value) {
      case String text -> TextNode.valueOf(text);
      case Boolean truth -> BooleanNode.valueOf(truth);
      case Integer number -> IntNode.valueOf(number);
      case Long number -> LongNode.valueOf(number);
      case BigInteger number -> DecimalNode.valueOf(new BigDecimal(number));
      case BigDecimal number -> DecimalNode.valueOf(number);
      case Number number -> fromDouble(number.doubleValue());
      case Map<?, ?> map -> fromMap(map);
      case List<?> list -> fromList(list);
      default -> null;
    };
  }

  private static @Nullable JsonNode fromDouble(double number) {
    if (!Double.isFinite(number)) {
      return null;
    }
    if (number == Math.rint(number) && Math.abs(number) < LARGEST_EXACT_INTEGER) {
      return LongNode.valueOf((long) number);
    }
    return DecimalNode.valueOf(new BigDecimal(Double.toString(number)));
  }

  private static @Nullable JsonNode fromMap(Map<?, ?> map) {
    var object = Json.object();
    for (var entry : map.entrySet()) {
      var node = toJson(entry.getValue());
      if (node == null) {
        return null;
      }
      object.set(String.valueOf(entry.getKey()), node);
    }
    return object;
  }

  private static @Nullable JsonNode fromList(List<?> list) {
    var array = Json.array();
    for (var element : list) {
      var node = toJson(element);
      if (node == null) {
        return null;
      }
      array.add(node);
    }
    return array;
  }
}
