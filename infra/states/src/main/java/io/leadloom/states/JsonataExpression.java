package io.leadloom.states;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One compiled JSONata expression of a field. Thread-safe. */
final class JsonataExpression implements Expression {

  /** Enough for everything sensible, and an end for what is endless. */
  private static final long TIME_LIMIT_MILLIS = 3_000;

  private static final int DEPTH_LIMIT = 500;

  private final String text;
  private final String location;
  private final Jsonata compiled;

  private JsonataExpression(String text, String location, Jsonata compiled) {
    this.text = text;
    this.location = location;
    this.compiled = compiled;
  }

  /** Whether a text is an expression, that is, stands between {@code {%} and {@code %}}. */
  static boolean isExpression(String text) {
    return text.startsWith("{%") && text.endsWith("%}") && text.length() >= 4;
  }

  /**
   * Compiles an expression with its braces.
   *
   * @param location the path of the field, as messages name it
   * @throws IllegalArgumentException when the text is no JSONata that AWS takes
   */
  static JsonataExpression compile(String braced, String location) {
    var text = braced.substring(2, braced.length() - 2).strip();
    var unsupported = JsonataSyntax.unsupportedOperator(text);
    if (unsupported != null) {
      throw new IllegalArgumentException("The operator '" + unsupported + "' is not supported");
    }
    try {
      var compiled = Jsonata.jsonata(text);
      compiled.setOutputConvertNulls(false);
      compiled.setValidateInput(false);
      return new JsonataExpression(text, location, compiled);
    } catch (JException e) {
      throw new IllegalArgumentException(e.getError() + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
  }

  String text() {
    return text;
  }

  @Override
  public JsonNode evaluate(Scope scope) {
    Object value;
    try {
      value = compiled.evaluate(null, frame(scope));
    } catch (JException e) {
      throw failed(scope, e.getError() + ": " + e.getMessage());
    } catch (RuntimeException | StackOverflowError e) {
      throw failed(scope, String.valueOf(e.getMessage()));
    }
    if (value == null) {
      throw error(scope, "returned nothing (undefined).");
    }
    var node = JsonataValues.toJson(value);
    if (node == null) {
      throw error(scope, "returned an unsupported result type.");
    }
    return node;
  }

  /** The error of a value that is not of the type that the field needs. */
  StateError wrongType(Scope scope, String expected, JsonNode value) {
    return error(
        scope,
        "returned an unexpected result type. Expected '%s', but was '%s' for value: %s"
            .formatted(expected, Json.typeName(value), Json.write(value)));
  }

  private StateError failed(Scope scope, String why) {
    return error(scope, "threw an error during evaluation. " + why);
  }

  private StateError error(Scope scope, String what) {
    return scope.evaluationError(
        location,
        "The JSONata expression '%s' specified for the field '%s' %s"
            .formatted(text, location, what));
  }

  private Jsonata.Frame frame(Scope scope) {
    var frame = compiled.createFrame();
    frame.setRuntimeBounds(TIME_LIMIT_MILLIS, DEPTH_LIMIT);
    JsonataFunctions.bind(frame, scope);
    scope.variables().forEach((name, value) -> frame.bind(name, JsonataValues.fromJson(value)));
    Map<String, Object> states = new HashMap<>();
    states.put("input", JsonataValues.fromJson(scope.input()));
    states.put("context", JsonataValues.fromJson(scope.context()));
    put(states, "result", scope.result());
    put(states, "errorOutput", scope.errorOutput());
    frame.bind("states", (Object) states);
    return frame;
  }

  private static void put(Map<String, Object> states, String name, @Nullable JsonNode value) {
    if (value != null) {
      states.put(name, JsonataValues.fromJson(value));
    }
  }
}
