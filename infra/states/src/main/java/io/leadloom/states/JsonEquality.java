package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;

/** Equality of JSON values by what they mean: 1 and 1.0 are the same number. */
final class JsonEquality {

  private JsonEquality() {}

  static boolean same(JsonNode a, JsonNode b) {
    return a.equals(JsonEquality::compare, b);
  }

  private static int compare(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) {
      return a.decimalValue().compareTo(b.decimalValue());
    }
    return a.equals(b) ? 0 : 1;
  }
}
