package io.leadloom.states;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the condition of a JSONPath choice rule. */
final class ConditionParser {

  private static final Set<String> OTHERS =
      Set.of("Variable", "Next", "Assign", "Comment", "And", "Or", "Not");

  private final Fields rule;

  ConditionParser(Fields rule) {
    this.rule = rule;
  }

  /** The condition, or null when there is none, which has been said then. */
  ChoiceRule.@Nullable Condition parse() {
    if (rule.has("And")) {
      var all = inner("And");
      return scope -> all.stream().allMatch(c -> c.holds(scope));
    }
    if (rule.has("Or")) {
      var any = inner("Or");
      return scope -> any.stream().anyMatch(c -> c.holds(scope));
    }
    var not = rule.object("Not");
    if (not != null) {
      var condition = new ConditionParser(not).parse();
      not.refuseOthers();
      return condition == null ? null : scope -> !condition.holds(scope);
    }
    return comparison();
  }

  private List<ChoiceRule.Condition> inner(String field) {
    List<ChoiceRule.Condition> conditions = new ArrayList<>();
    for (var object : rule.objects(field)) {
      var condition = new ConditionParser(object).parse();
      object.refuseOthers();
      if (condition != null) {
        conditions.add(condition);
      }
    }
    return conditions;
  }

  private ChoiceRule.@Nullable Condition comparison() {
    rule.requiredText("Variable");
    var variable = rule.read("Variable", value -> PathExpression.compile(value.asText()));
    ChoiceRule.Condition condition = null;
    if (variable != null && rule.node().isObject()) {
      for (var field : rule.node().properties()) {
        var name = field.getKey();
        if (!OTHERS.contains(name) && condition == null) {
          condition = rule.read(name, operand -> Comparison.of(name, variable, operand));
        }
      }
      if (condition == null) {
        rule.problem("A choice rule needs exactly one comparison operator");
      }
    }
    return condition;
  }
}
