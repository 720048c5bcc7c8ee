package io.leadloom.states;

/** One way out of a Choice state, with the data flow that applies when it is taken. */
record ChoiceRule(Condition condition, String next, Dataflow flow) {

  /** What has to hold. */
  interface Condition {
    boolean holds(Scope scope);
  }

  /** A JSONata condition. */
  record JsonataCondition(Expression expression) implements Condition {
    @Override
    public boolean holds(Scope scope) {
      var value = expression.evaluate(scope);
      if (!value.isBoolean() && expression instanceof JsonataExpression jsonata) {
        throw jsonata.wrongType(scope, "boolean", value);
      }
      return value.booleanValue();
    }
  }
}
