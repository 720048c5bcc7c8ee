package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;

/** How a call to a service ended. */
sealed interface Answer {

  /** It succeeded. */
  record Success(JsonNode output) implements Answer {}

  /** It failed. */
  record Failure(String error, String cause) implements Answer {}
}
