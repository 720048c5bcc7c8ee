package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Scopes for expressions under test. */
final class Scopes {

  private Scopes() {}

  /** A scope of a state A with one variable, v. */
  static Scope of(JsonNode input) {
    return new Scope(
        "A",
        2,
        EngineFixture.START,
        new Chance(1, "arn", 0, 1),
        Map.of("v", EngineFixture.json("{'w': 'x'}")),
        Json.object(),
        input,
        input,
        null,
        null);
  }
}
