package io.leadloom.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Records as items of the table and back. A record's JSON members become attributes of the same
 * names beside {@code pk}, {@code sk}, {@code entity} and {@code v}, the number of its layout (see
 * {@link Schemas}); what is null is absent.
 */
final class ItemCodec {

  private static final Set<String> ADDED =
      Set.of("pk", "sk", "entity", "v", "statusPk", "statusSk", "expiresAt");

  private ItemCodec() {}

  static Map<String, AttributeValue> attributes(Item item) {
    var attributes = new LinkedHashMap<String, AttributeValue>();
    var tree = Json.mapper().<JsonNode>valueToTree(item.record());
    tree.properties().forEach(e -> attributes.put(e.getKey(), toAttribute(e.getValue())));
    attributes.put("pk", AttributeValue.fromS(item.key().pk()));
    attributes.put("sk", AttributeValue.fromS(item.key().sk()));
    attributes.put("entity", AttributeValue.fromS(item.entity()));
    attributes.put("v", layout(item.entity()));
    var index = item.indexKey();
    if (index != null) {
      attributes.put("statusPk", AttributeValue.fromS(index.pk()));
      attributes.put("statusSk", AttributeValue.fromS(index.sk()));
    }
    var expires = item.expiresAt();
    if (expires != null) {
      attributes.put("expiresAt", AttributeValue.fromN(Long.toString(expires)));
    }
    return attributes;
  }

  /** The number of the layout in which items of a kind are written. */
  static AttributeValue layout(String entity) {
    return AttributeValue.fromN(Integer.toString(Schemas.CURRENT.version(entity)));
  }

  static Key key(Map<String, AttributeValue> attributes) {
    return new Key(
        Objects.requireNonNull(attributes.get("pk")).s(),
        Objects.requireNonNull(attributes.get("sk")).s());
  }

  /** What a record said when it was stored, without what the codec adds. */
  static ObjectNode members(Map<String, AttributeValue> attributes) {
    var tree = JsonNodeFactory.instance.objectNode();
    attributes.forEach((name, value) -> {
      if (!ADDED.contains(name)) {
        tree.set(name, toJson(value));
      }
    });
    return tree;
  }

  /** A value in DynamoDB's own JSON, such as {@code {"S": "text"}}. */
  static AttributeValue value(JsonNode typed) {
    var member = typed.properties().iterator().next();
    var value = member.getValue();
    return switch (member.getKey()) {
      case "S" -> AttributeValue.fromS(value.asText());
      case "N" -> AttributeValue.fromN(value.asText());
      case "BOOL" -> AttributeValue.fromBool(value.asBoolean());
      case "NULL" -> AttributeValue.fromNul(true);
      case "L" -> {
        var list = new ArrayList<AttributeValue>();
        value.forEach(e -> list.add(value(e)));
        yield AttributeValue.fromL(list);
      }
      case "M" -> {
        var map = new LinkedHashMap<String, AttributeValue>();
        value.properties().forEach(e -> map.put(e.getKey(), value(e.getValue())));
        yield AttributeValue.fromM(map);
      }
      default ->
          throw new IllegalArgumentException(
              "No record holds an attribute of type " + member.getKey());
    };
  }

  static <T> T record(Map<String, AttributeValue> attributes, Class<T> type) {
    var tree = JsonNodeFactory.instance.objectNode();
    attributes.forEach((name, value) -> tree.set(name, toJson(value)));
    Schemas.CURRENT.lift(tree);
    try {
      return Json.mapper().treeToValue(tree, type);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new io.leadloom.model.fault.PermanentException(
          "table.unreadable",
          "The item "
              + attributes.get("pk")
              + " / "
              + attributes.get("sk")
              + " is no "
              + type.getSimpleName(),
          e);
    }
  }

  private static AttributeValue toAttribute(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> AttributeValue.fromS(node.textValue());
      case NUMBER -> AttributeValue.fromN(node.decimalValue().toPlainString());
      case BOOLEAN -> AttributeValue.fromBool(node.booleanValue());
      case ARRAY -> {
        var list = new ArrayList<AttributeValue>();
        node.forEach(e -> list.add(toAttribute(e)));
        yield AttributeValue.fromL(list);
      }
      case OBJECT -> {
        var map = new LinkedHashMap<String, AttributeValue>();
        node.properties().forEach(e -> map.put(e.getKey(), toAttribute(e.getValue())));
        yield AttributeValue.fromM(map);
      }
      case NULL -> AttributeValue.fromNul(true);
      case BINARY, MISSING, POJO ->
          throw new IllegalArgumentException("No attribute can hold " + node.getNodeType());
    };
  }

  private static JsonNode toJson(AttributeValue value) {
    var nodes = JsonNodeFactory.instance;
    return switch (value.type()) {
      case S -> nodes.textNode(value.s());
      case N -> {
        var number = new BigDecimal(value.n());
        yield number.scale() <= 0 && number.precision() <= 18
            ? nodes.numberNode(number.longValueExact())
            : nodes.numberNode(number);
      }
      case BOOL -> nodes.booleanNode(value.bool());
      case L -> {
        var array = nodes.arrayNode();
        value.l().forEach(e -> array.add(toJson(e)));
        yield array;
      }
      case M -> {
        var object = nodes.objectNode();
        value.m().forEach((name, e) -> object.set(name, toJson(e)));
        yield object;
      }
      case NUL -> nodes.nullNode();
      case SS, NS, B, BS, UNKNOWN_TO_SDK_VERSION ->
          throw new IllegalArgumentException(
              "No record holds an attribute of type " + value.type());
    };
  }
}
