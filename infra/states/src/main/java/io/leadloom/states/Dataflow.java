package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How data gets into a state and out of it. In JSONPath: InputPath, Parameters, ResultSelector,
 * ResultPath, OutputPath, Assign; in JSONata: Arguments, Output, Assign.
 *
 * @param inputPath null stands for no data at all
 * @param arguments the Parameters or Arguments, or null for the input as it is
 * @param outputPath null stands for no data at all
 */
record Dataflow(
    QueryLanguage language,
    @Nullable PathExpression inputPath,
    @Nullable Template arguments,
    @Nullable Template resultSelector,
    ResultPath resultPath,
    @Nullable PathExpression outputPath,
    @Nullable Template output,
    Map<String, Template> assign) {

  /** What leaves a state: its output, and the variables that it sets. */
  record Exit(JsonNode output, Map<String, JsonNode> assigned) {}

  /** The input after the InputPath. */
  JsonNode input(Scope scope) {
    if (language == QueryLanguage.JSONATA) {
      return scope.input();
    }
    return inputPath == null ? Json.object() : inputPath.evaluate(scope);
  }

  /** What the state hands to the work that it does. */
  JsonNode arguments(Scope scope) {
    var input = input(scope);
    return arguments == null ? input : arguments.evaluate(scope.withData(input));
  }

  /** Leaves a state that has a result. */
  Exit exit(Scope scope, JsonNode result) {
    if (language == QueryLanguage.JSONATA) {
      return jsonataExit(scope.withResult(result), result);
    }
    var selected =
        resultSelector == null ? result : resultSelector.evaluate(scope.withData(result));
    var assigned = assigned(scope.withData(selected));
    return new Exit(output(scope, resultPath.put(scope, scope.input(), selected)), assigned);
  }

  /** Leaves a state that only passes its input on. */
  Exit exit(Scope scope) {
    if (language == QueryLanguage.JSONATA) {
      return jsonataExit(scope, scope.input());
    }
    var input = input(scope);
    return new Exit(output(scope, input), assigned(scope.withData(input)));
  }

  /** Leaves a state by one of its catchers. */
  Exit exit(Scope scope, StateError error) {
    var description = Catcher.describe(error);
    var inner = scope.withError(description);
    if (language == QueryLanguage.JSONATA) {
      return jsonataExit(inner, description);
    }
    return new Exit(resultPath.put(scope, scope.input(), description), assigned(inner));
  }

  private Exit jsonataExit(Scope scope, JsonNode otherwise) {
    // Output before Assign: neither sees the other, and this is the order of the faults.
    var value = output == null ? otherwise : output.evaluate(scope);
    return new Exit(value, assigned(scope));
  }

  private JsonNode output(Scope scope, JsonNode value) {
    return outputPath == null ? Json.object() : outputPath.evaluate(scope.withData(value));
  }

  private Map<String, JsonNode> assigned(Scope scope) {
    if (assign.isEmpty()) {
      return Map.of();
    }
    Map<String, JsonNode> values = new LinkedHashMap<>();
    assign.forEach((name, template) -> values.put(name, template.evaluate(scope)));
    return values;
  }
}
