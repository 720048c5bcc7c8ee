package io.leadloom.local;

import software.amazon.event.ruler.Ruler;

/** The event patterns of rules and archives. */
final class EventPatterns {

  private EventPatterns() {}

  /**
   * @throws AwsException InvalidEventPatternException when it is no pattern
   */
  static void check(String pattern) {
    matches("{}", pattern);
  }

  /**
   * @param event as JSON
   */
  static boolean matches(String event, String pattern) {
    try {
      return Ruler.matchesRule(event, pattern);
    } catch (Exception e) {
      var refusal =
          new AwsException(
              "InvalidEventPatternException",
              "Event pattern is not valid. Reason: " + e.getMessage());
      refusal.initCause(e);
      throw refusal;
    }
  }
}
