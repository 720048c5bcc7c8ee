package io.leadloom.rest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A problem document (RFC 9457).
 *
 * @param title what the status means
 * @param code stable and dotted
 * @param detail what happened, and what to do about it
 * @param errors every member that is not as it must be
 */
record Problem(
    String type,
    String title,
    int status,
    String code,
    String detail,
    @Nullable List<Field> errors) {

  private static final Map<Integer, String> TITLES =
      Map.ofEntries(
          Map.entry(400, "Bad request"),
          Map.entry(401, "Not signed in"),
          Map.entry(403, "Not allowed"),
          Map.entry(404, "Not found"),
          Map.entry(405, "Method not allowed"),
          Map.entry(409, "Conflict"),
          Map.entry(410, "Gone"),
          Map.entry(412, "Precondition failed"),
          Map.entry(413, "Too large"),
          Map.entry(415, "Unsupported media type"),
          Map.entry(422, "Cannot be done"),
          Map.entry(428, "Precondition required"),
          Map.entry(429, "Too many requests"),
          Map.entry(500, "Internal error"),
          Map.entry(503, "Try again"));

  static Problem of(int status, String code, String detail, List<Field> errors) {
    return new Problem(
        "about:blank", title(status), status, code, detail, errors.isEmpty() ? null : errors);
  }

  static String title(int status) {
    return TITLES.getOrDefault(status, "Problem");
  }

  /**
   * A member that is not as it must be.
   *
   * @param field JSON pointer into the body, or {@code query/} and a name
   * @param code of the rule it breaks
   * @param detail how it must be
   */
  record Field(String field, String code, String detail) {}
}
