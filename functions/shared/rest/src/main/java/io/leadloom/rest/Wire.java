package io.leadloom.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.leadloom.model.Coded;
import io.leadloom.platform.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * JSON as the API speaks it: as everywhere, but with enums in lower case, or by their {@link Coded}
 * names.
 */
final class Wire {

  private static final ObjectMapper MAPPER =
      ((JsonMapper) Json.mapper())
          .copy()
          .rebuild()
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .addModule(
              new SimpleModule("codes")
                  .addSerializer(new Codes())
                  .setDeserializerModifier(new ReadingCodes()))
          .build();

  private Wire() {}

  static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The document in these bytes; a {@link Refusal} where they are none. */
  static JsonNode tree(byte[] json) {
    try {
      var tree = MAPPER.readTree(json);
      if (tree == null || tree.isMissingNode()) {
        throw new Refusal(400, "body.missing", "The body is empty; send a JSON object");
      }
      return tree;
    } catch (JsonProcessingException e) {
      // Jackson's message quotes the input, which may hold personal data; its location does not.
      var at = e.getLocation();
      var where =
          at == null ? "" : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
      throw new Refusal(400, "body.malformed", "The body is not JSON" + where);
    } catch (IOException e) {
      throw new Refusal(400, "body.malformed", "The body is not text in UTF-8");
    }
  }

  /** The record in a document that its schema allows. */
  static <T> T record(JsonNode tree, Class<T> type) {
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      // The schema lets pass what no Java type holds, such as the 61st second of a minute.
      var field = new StringBuilder();
      if (e instanceof JsonMappingException mapping) {
        mapping
            .getPath()
            .forEach(step ->
                field
                    .append('/')
                    .append(step.getFieldName() == null ? step.getIndex() : step.getFieldName()));
      }
      throw new Refusal(
          400,
          "request.invalid",
          "A value cannot be read",
          List.of(new Problem.Field(field.toString(), "value", "is not a value that can be read")));
    }
  }

  private static final class Codes extends StdSerializer<Enum<?>> {

    Codes() {
      super(Enum.class, false);
    }

    @Override
    public void serialize(Enum<?> value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(Schemas.code(value));
    }
  }

  /** Has constants that have names of their own read by these. */
  private static final class ReadingCodes extends BeanDeserializerModifier {

    @Override
    public JsonDeserializer<?> modifyEnumDeserializer(
        DeserializationConfig config,
        JavaType type,
        BeanDescription bean,
        JsonDeserializer<?> deserializer) {
      return Coded.class.isAssignableFrom(type.getRawClass())
          ? new OfCode(type.getRawClass())
          : deserializer;
    }
  }

  private static final class OfCode extends StdDeserializer<Object> {

    OfCode(Class<?> type) {
      super(type);
    }

    @Override
    public Object deserialize(JsonParser in, DeserializationContext context) throws IOException {
      var text = in.getText();
      for (var constant : handledType().getEnumConstants()) {
        if (constant instanceof Coded coded && coded.code().equals(text)) {
          return constant;
        }
      }
      return context.handleWeirdStringValue(handledType(), text, "not one of its codes");
    }
  }
}
