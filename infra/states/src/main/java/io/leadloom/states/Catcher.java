package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** One rule of a {@code Catch}. */
record Catcher(List<String> errorEquals, String next, Dataflow flow) {

  boolean matches(StateError error) {
    return errorEquals.stream().anyMatch(error::matches);
  }

  /** What the error looks like to the machine. */
  static JsonNode describe(StateError error) {
    var description = Json.object();
    description.put("Error", error.error());
    description.put("Cause", error.cause());
    return description;
  }
}
