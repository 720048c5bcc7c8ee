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
    // Without a cause AWS still shows the field, empty.
    description.put("Cause", error.cause());
    if (error.error() == null) {
      description.remove("Error");
    }
    if (error.cause() == null) {
      description.remove("Cause");
    }
    return description;
  }
}
