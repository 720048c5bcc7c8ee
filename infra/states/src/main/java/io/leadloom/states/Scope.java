package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an expression sees.
 *
 * @param state the name of the state, for messages
 * @param enteredEvent the id of the event that entered it, for messages
 * @param now the time
 * @param chance the source of randomness
 * @param variables all variables in scope
 * @param context the context object
 * @param data what {@code $} is in JSONPath
 * @param input {@code $states.input}
 * @param result {@code $states.result}, once there is one
 * @param errorOutput {@code $states.errorOutput}, in a Catch
 */
record Scope(
    String state,
    int enteredEvent,
    Instant now,
    Chance chance,
    Map<String, JsonNode> variables,
    ObjectNode context,
    JsonNode data,
    JsonNode input,
    @Nullable JsonNode result,
    @Nullable JsonNode errorOutput) {

  /** The same with other data for JSONPath. */
  Scope withData(JsonNode newData) {
    return new Scope(
        state, enteredEvent, now, chance, variables, context, newData, input, result, errorOutput);
  }

  /** The same with the result of the state, which JSONPath sees as its data. */
  Scope withResult(JsonNode newResult) {
    return new Scope(
        state, enteredEvent, now, chance, variables, context, newResult, input, newResult, null);
  }

  /** The same with the error that was caught, which JSONPath sees as its data. */
  Scope withError(JsonNode error) {
    return new Scope(
        state, enteredEvent, now, chance, variables, context, error, input, null, error);
  }

  /** The same with another context object. */
  Scope withContext(ObjectNode newContext) {
    return new Scope(
        state, enteredEvent, now, chance, variables, newContext, data, input, result, errorOutput);
  }

  /** A fault of the machine itself, worded as AWS does. */
  StateError runtimeError(String detail) {
    return StateError.of(StateError.RUNTIME, explain(detail));
  }

  /** A JSONata field that cannot be evaluated, worded as AWS does. */
  StateError evaluationError(@Nullable String location, String detail) {
    return StateError.ofEvaluation(explain(detail), location);
  }

  private String explain(String detail) {
    return "An error occurred while executing the state '%s' (entered at the event id #%d). %s"
        .formatted(state, enteredEvent, detail);
  }
}
