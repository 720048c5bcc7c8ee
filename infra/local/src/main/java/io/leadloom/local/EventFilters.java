package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import software.amazon.event.ruler.Ruler;

/** The filter patterns of an event source: what matches none of them is passed over. */
final class EventFilters {

  private final List<String> patterns;

  /**
   * @throws StackException when AWS would refuse a pattern
   */
  EventFilters(List<String> patterns) {
    this.patterns = patterns;
    patterns.forEach(pattern -> matches("{}", pattern));
  }

  boolean pass(JsonNode event) {
    if (patterns.isEmpty()) {
      return true;
    }
    var text = event.toString();
    return patterns.stream().anyMatch(pattern -> matches(text, pattern));
  }

  private static boolean matches(String event, String pattern) {
    try {
      return Ruler.matchesRule(event, pattern);
    } catch (Exception e) {
      throw new StackException(
          "The filter pattern " + pattern + " is refused: " + e.getMessage(), e);
    }
  }
}
