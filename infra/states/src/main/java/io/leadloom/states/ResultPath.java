package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Where a state's result goes in its input: a reference path, all of it, or nowhere. */
final class ResultPath {

  /** The result takes the place of the input. */
  static final ResultPath ALL = new ResultPath(List.of(), false);

  /** The result is dropped. */
  static final ResultPath NONE = new ResultPath(List.of(), true);

  private static final Pattern STEP =
      Pattern.compile("\\.([^.\\[\\]]+)|\\[(\\d+)]|\\['((?:[^'\\\\]|\\\\.)*)']");

  private final List<Object> steps;
  private final boolean dropped;

  private ResultPath(List<Object> steps, boolean dropped) {
    this.steps = steps;
    this.dropped = dropped;
  }

  /**
   * Reads a reference path.
   *
   * @throws IllegalArgumentException when it is none
   */
  static ResultPath compile(String text) {
    var matcher = STEP.matcher(text);
    var position = 1;
    List<Object> steps = new ArrayList<>();
    while (text.startsWith("$") && position < text.length()) {
      if (!matcher.find(position) || matcher.start() != position) {
        break;
      }
      if (matcher.group(1) != null) {
        steps.add(matcher.group(1));
      } else if (matcher.group(2) != null) {
        steps.add(Integer.valueOf(matcher.group(2)));
      } else {
        steps.add(matcher.group(3).replaceAll("\\\\(.)", "$1"));
      }
      position = matcher.end();
    }
    if (!text.startsWith("$") || position != text.length()) {
      throw new IllegalArgumentException("Not a reference path: " + text);
    }
    return steps.isEmpty() ? ALL : new ResultPath(steps, false);
  }

  /** The input with the result put in. Neither argument is changed. */
  JsonNode put(Scope scope, JsonNode input, JsonNode result) {
    if (dropped) {
      return input;
    }
    return put(scope, input, 0, result);
  }

  private JsonNode put(Scope scope, JsonNode target, int depth, JsonNode result) {
    if (depth == steps.size()) {
      return result;
    }
    if (steps.get(depth) instanceof String name) {
      if (!target.isObject() && !(depth > 0 && (target.isNull() || target.isMissingNode()))) {
        throw mismatch(scope, target);
      }
      var object = Json.object();
      if (target instanceof ObjectNode old) {
        object.setAll(old);
      }
      object.set(name, put(scope, target.path(name), depth + 1, result));
      return object;
    }
    var index = (Integer) steps.get(depth);
    if (!(target instanceof ArrayNode old) || index > old.size()) {
      throw mismatch(scope, target);
    }
    var array = Json.array();
    array.addAll(old);
    var value = put(scope, target.path(index), depth + 1, result);
    if (index == old.size()) {
      array.add(value);
    } else {
      array.set(index, value);
    }
    return array;
  }

  private StateError mismatch(Scope scope, JsonNode target) {
    return StateError.of(
        "States.ResultPathMatchFailure",
        scope
            .runtimeError(
                "Unable to apply step \"%s\" to input %s"
                    .formatted(
                        steps.getLast(),
                        Json.write(target.isMissingNode() ? NullNode.instance : target)))
            .cause());
  }
}
