package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import software.amazon.event.ruler.Machine;

/** The filter patterns of an event source: what matches none of them is passed over. */
final class EventFilters {

  private final List<String> patterns;

  /** Compiled once: each change of a table passes here. */
  private final Machine machine = Machine.builder().build();

  /**
   * @throws StackException when AWS would refuse a pattern
   */
  EventFilters(List<String> patterns) {
    this.patterns = patterns;
    for (var pattern : patterns) {
      try {
        machine.addRule(pattern, pattern);
      } catch (IOException | RuntimeException e) {
        throw refused(pattern, e);
      }
    }
  }

  boolean pass(JsonNode event) {
    if (patterns.isEmpty()) {
      return true;
    }
    try {
      return !machine.rulesForJSONEvent(event.toString()).isEmpty();
    } catch (Exception e) {
      throw refused(patterns.toString(), e);
    }
  }

  private static StackException refused(String pattern, Exception e) {
    return new StackException(
        "The filter pattern " + pattern + " is refused: " + e.getMessage(), e);
  }
}
