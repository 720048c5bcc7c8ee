package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;

/** A field's expression in either query language. */
interface Expression {

  /**
   * The value in a scope.
   *
   * @throws StateError when there is none
   */
  JsonNode evaluate(Scope scope);
}
