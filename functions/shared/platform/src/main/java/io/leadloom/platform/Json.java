package io.leadloom.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.leadloom.model.fault.InvalidInputException;
import java.io.IOException;

/**
 * JSON as we write it: absent instead of null, ISO 8601 times, members in alphabetical order so
 * that equal records give equal bytes. Unknown members are ignored when reading.
 */
public final class Json {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new Jdk8Module())
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private Json() {}

  /** The mapper itself, for trees. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** The JSON text of a value. */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot be written as JSON: " + value.getClass(), e);
    }
  }

  /** The JSON bytes of a value, in UTF-8. */
  public static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot be written as JSON: " + value.getClass(), e);
    }
  }

  /** The value in a JSON text; {@link InvalidInputException} where it is none of that type. */
  public static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw malformed(type, e);
    }
  }

  /** The value in JSON bytes; {@link InvalidInputException} where it is none of that type. */
  public static <T> T read(byte[] json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (IOException e) {
      throw malformed(type, e);
    }
  }

  /** The tree in JSON bytes; {@link InvalidInputException} where they are no JSON. */
  public static JsonNode tree(byte[] json) {
    return read(json, JsonNode.class);
  }

  private static InvalidInputException malformed(Class<?> type, IOException cause) {
    // Jackson's message quotes the input, which may hold personal data; its location does not.
    var where =
        cause instanceof JsonProcessingException json && json.getLocation() != null
            ? " at line "
                + json.getLocation().getLineNr()
                + ", column "
                + json.getLocation().getColumnNr()
            : "";
    return new InvalidInputException(
        "json.malformed", "This is not the JSON of a " + type.getSimpleName() + where, cause);
  }
}
