package io.leadloom.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.model.TenantId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
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

  static String entity(Map<String, AttributeValue> attributes) {
    var entity = attributes.get("entity");
    return entity == null || entity.s() == null ? "" : entity.s();
  }

  /** An item of a tenant as that of another, wherever it names its tenant. */
  static Map<String, AttributeValue> renamed(
      Map<String, AttributeValue> attributes, TenantId from, TenantId to) {
    if (from.equals(to)) {
      return attributes;
    }
    var renamed = new LinkedHashMap<>(named(attributes, from.value(), to.value()));
    for (var name : List.of("pk", "sk", "statusPk")) {
      renamed.computeIfPresent(
          name, (_, key) -> AttributeValue.fromS(Keys.renamed(key.s(), from, to)));
    }
    if (entity(attributes).startsWith("tenant")) {
      renamed.computeIfPresent("id", (_, id) -> named("tenant", id, from.value(), to.value()));
    }
    return renamed;
  }

  private static Map<String, AttributeValue> named(
      Map<String, AttributeValue> members, String from, String to) {
    var named = new LinkedHashMap<String, AttributeValue>();
    members.forEach((name, value) -> named.put(name, named(name, value, from, to)));
    return named;
  }

  private static AttributeValue named(String name, AttributeValue value, String from, String to) {
    if (name.equals("tenant") && from.equals(value.s())) {
      return AttributeValue.fromS(to);
    }
    if (value.hasM()) {
      var inner = value.m().get("value");
      return name.equals("tenant") && inner != null && from.equals(inner.s())
          ? AttributeValue.fromM(Map.of("value", AttributeValue.fromS(to)))
          : AttributeValue.fromM(named(value.m(), from, to));
    }
    return value.hasL()
        ? AttributeValue.fromL(value.l().stream().map(e -> named("", e, from, to)).toList())
        : value;
  }

  /** An item in DynamoDB's own JSON. */
  static ObjectNode typed(Map<String, AttributeValue> attributes) {
    var tree = JsonNodeFactory.instance.objectNode();
    new TreeMap<>(attributes).forEach((name, value) -> tree.set(name, typed(value)));
    return tree;
  }

  private static ObjectNode typed(AttributeValue value) {
    var node = JsonNodeFactory.instance.objectNode();
    switch (value.type()) {
      case S -> node.put("S", value.s());
      case N -> node.put("N", value.n());
      case BOOL -> node.put("BOOL", value.bool());
      case NUL -> node.put("NULL", true);
      case L -> {
        var list = node.putArray("L");
        value.l().forEach(e -> list.add(typed(e)));
      }
      case M -> node.set("M", typed(value.m()));
      case SS, NS, B, BS, UNKNOWN_TO_SDK_VERSION ->
          throw new IllegalArgumentException(
              "No record holds an attribute of type " + value.type());
    }
    return node;
  }

  /** The item that {@link #typed} gave. */
  static Map<String, AttributeValue> untyped(JsonNode item) {
    var attributes = new HashMap<String, AttributeValue>();
    item.properties().forEach(e -> attributes.put(e.getKey(), value(e.getValue())));
    return attributes;
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
