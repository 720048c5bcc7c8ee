package io.leadloom.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads requests and refuses what is wrong with them in AWS's words. */
final class Requests {

  private static final Pattern BAD_NAME =
      Pattern.compile("[\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\p{Cntrl}]");

  private static final int PAGE = 100;
  private static final int LARGEST_PAGE = 1000;

  private Requests() {}

  static String required(JsonNode request, String field) {
    var value = request.get(field);
    if (value == null || !value.isTextual() || value.textValue().isEmpty()) {
      throw new StatesException(
          "ValidationException",
          "1 validation error detected: Value null at '"
              + field
              + "' failed to satisfy constraint: Member must not be null");
    }
    return value.textValue();
  }

  static @Nullable String optional(JsonNode request, String field) {
    var value = request.get(field);
    return value == null || value.isNull() ? null : value.asText();
  }

  static String checkedName(String name) {
    if (name.isEmpty() || name.length() > 80 || BAD_NAME.matcher(name).find()) {
      throw new StatesException("InvalidName", "Invalid Name: '" + name + "'");
    }
    return name;
  }

  /** Refuses a text that is no JSON or too much of it. */
  static JsonNode checkJson(String field, String type, String what, String text) {
    if (Interpreter.tooLarge(text)) {
      throw new StatesException(
          "ValidationException",
          "1 validation error detected: Value at '%s' failed to satisfy constraint: Member must have length less than or equal to %d"
              .formatted(field, Interpreter.MOST_BYTES));
    }
    try {
      return Json.parse(text);
    } catch (JsonProcessingException e) {
      throw new StatesException(type, what + ": '" + e.getOriginalMessage() + "'");
    }
  }

  /** One page of a list. */
  static <T> JsonNode page(
      JsonNode request, String field, List<T> all, Function<T, JsonNode> describe) {
    var token = optional(request, "nextToken");
    int from = token == null ? 0 : offset(token);
    int asked = request.path("maxResults").asInt(0);
    int size = asked <= 0 ? PAGE : Math.min(asked, LARGEST_PAGE);
    var answer = Json.object();
    var list = answer.putArray(field);
    int to = Math.min(all.size(), from + size);
    for (int i = from; i < to; i++) {
      list.add(describe.apply(all.get(i)));
    }
    if (to < all.size()) {
      answer.put(
          "nextToken",
          Base64.getEncoder().encodeToString(String.valueOf(to).getBytes(StandardCharsets.UTF_8)));
    }
    return answer;
  }

  private static int offset(String token) {
    try {
      return Integer.parseInt(
          new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new StatesException("InvalidToken", "Invalid Token: '" + token + "'");
    }
  }
}
