package io.leadloom.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads requests and refuses what is wrong with them in AWS's words. */
final class Requests {

  private static final Pattern BAD_NAME =
      Pattern.compile("[\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\p{Cntrl}]");

  /** The most characters of a name. */
  static final int LONGEST_NAME = 80;

  private static final int LONGEST_ARN = 2_000;
  private static final int PAGE = 100;
  private static final int LARGEST_PAGE = 1000;

  private Requests() {}

  /** A text that has to be there. */
  static String required(JsonNode request, String field) {
    return required(request, field, Integer.MAX_VALUE);
  }

  /** A text that has to be there, of no more characters than given. */
  static String required(JsonNode request, String field, int most) {
    var value = optional(request, field, most);
    if (value == null) {
      throw invalid("Value null at '%s'".formatted(field), "Member must not be null");
    }
    if (value.isEmpty()) {
      throw invalid(
          "Value '' at '%s'".formatted(field),
          "Member must have length greater than or equal to 1");
    }
    return value;
  }

  static @Nullable String optional(JsonNode request, String field) {
    return optional(request, field, Integer.MAX_VALUE);
  }

  static @Nullable String optional(JsonNode request, String field, int most) {
    var value = request.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw new StatesException(
          "SerializationException",
          "%s_VALUE can not be converted to a String".formatted(value.getNodeType()));
    }
    if (value.textValue().length() > most) {
      throw invalid(
          "Value '%s' at '%s'".formatted(value.textValue(), field),
          "Member must have length less than or equal to " + most);
    }
    return value.textValue();
  }

  /** A text that is one of a few, if it is there. */
  static @Nullable String oneOf(JsonNode request, String field, String... values) {
    var value = optional(request, field);
    if (value != null && !Arrays.asList(values).contains(value)) {
      throw invalid(
          "Value '%s' at '%s'".formatted(value, field),
          "Member must satisfy enum value set: " + Arrays.toString(values));
    }
    return value;
  }

  /**
   * The ARN of something of Step Functions.
   *
   * @param kinds what it may be the ARN of, for example {@code stateMachine}
   */
  static String arn(JsonNode request, String field, String... kinds) {
    var arn = required(request, field, LONGEST_ARN);
    var parts = checkedArn(arn).split(":", 7);
    if (parts.length < 7 || !parts[2].equals("states") || parts[6].isEmpty()) {
      throw new StatesException("InvalidArn", "Invalid Arn: '" + arn + "'");
    }
    if (!Arrays.asList(kinds).contains(parts[5])) {
      throw new StatesException(
          "InvalidArn", "Invalid Arn: 'Resource type not valid in this context: " + parts[5] + "'");
    }
    return arn;
  }

  /** Refuses what is no ARN at all. */
  static String checkedArn(String text) {
    if (!text.startsWith("arn:")) {
      throw new StatesException("InvalidArn", "Invalid Arn: 'Invalid ARN prefix: " + text + "'");
    }
    return text;
  }

  static String checkedName(String name) {
    if (name.isEmpty() || name.length() > LONGEST_NAME || BAD_NAME.matcher(name).find()) {
      throw new StatesException("InvalidName", "Invalid Name: '" + name + "'");
    }
    return name;
  }

  /** Refuses a text of more bytes than a state may hand on. */
  static void checkSize(String field, @Nullable String text) {
    if (text != null && Interpreter.tooLarge(text)) {
      throw invalid(
          "Value at '%s'".formatted(field),
          "Member must have size less than or equal to %d bytes in UTF-8 encoding"
              .formatted(Interpreter.MOST_BYTES));
    }
  }

  /** Refuses a text that is no JSON or too much of it. */
  static JsonNode checkJson(String field, String type, String what, String text) {
    checkSize(field, text);
    try {
      return Json.parse(text);
    } catch (JsonProcessingException e) {
      throw new StatesException(type, what + ": '" + e.getOriginalMessage() + "'");
    }
  }

  /** A value that breaks a rule of the API's model. */
  static StatesException invalid(String value, String constraint) {
    return new StatesException(
        "ValidationException",
        "1 validation error detected: %s failed to satisfy constraint: %s"
            .formatted(value, constraint));
  }

  /** One page of a list. */
  static <T> JsonNode page(
      JsonNode request, String field, List<T> all, Function<T, JsonNode> describe) {
    var token = optional(request, "nextToken");
    int from = token == null ? 0 : offset(token);
    int size = pageSize(request.path("maxResults"));
    var answer = Json.object();
    var list = answer.putArray(field);
    int to = (int) Math.min(all.size(), (long) from + size);
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

  private static int pageSize(JsonNode asked) {
    if (!asked.isMissingNode() && !asked.isNull() && !asked.isIntegralNumber()) {
      throw new StatesException(
          "SerializationException",
          "%s_VALUE can not be converted to an Integer".formatted(asked.getNodeType()));
    }
    var size = asked.asLong(0);
    if (size < 0 || size > LARGEST_PAGE) {
      throw invalid(
          "Value '%d' at 'maxResults'".formatted(size),
          size < 0
              ? "Member must have value greater than or equal to 0"
              : "Member must have value less than or equal to " + LARGEST_PAGE);
    }
    return size == 0 ? PAGE : (int) size;
  }

  private static int offset(String token) {
    try {
      return Integer.parseUnsignedInt(
          new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new StatesException("InvalidToken", "Invalid Token: '" + token + "'");
    }
  }
}
