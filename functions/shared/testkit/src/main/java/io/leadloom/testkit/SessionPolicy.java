package io.leadloom.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.platform.Json;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Judges requests by an IAM policy as far as ours go: {@code Allow} with actions, resources, and
 * the conditions {@code ForAllValues:StringLike} and {@code Null} on {@code dynamodb:LeadingKeys}.
 */
public final class SessionPolicy {

  private static final String KEY = "dynamodb:LeadingKeys";

  private final JsonNode statements;

  /** The policy in that document. */
  public SessionPolicy(String document) {
    this.statements = Json.tree(document.getBytes(StandardCharsets.UTF_8)).path("Statement");
  }

  /**
   * Whether it allows an action.
   *
   * @param action such as {@code dynamodb:GetItem}
   * @param resource ARN of a table or index
   * @param leadingKeys partition keys that the request names; none for a Scan
   */
  public boolean allows(String action, String resource, Collection<String> leadingKeys) {
    return StreamSupport.stream(statements.spliterator(), false)
        .anyMatch(statement ->
            statement.path("Effect").asText().equals("Allow")
                && any(statement.path("Action"), action)
                && any(statement.path("Resource"), resource)
                && conditions(statement.path("Condition"), leadingKeys));
  }

  private static boolean conditions(JsonNode conditions, Collection<String> leadingKeys) {
    return StreamSupport.stream(conditions.properties().spliterator(), false)
        .allMatch(condition -> {
          var wanted = condition.getValue().path(KEY);
          return switch (condition.getKey()) {
            // Of nothing, everything is true: that is IAM's rule too.
            case "ForAllValues:StringLike" ->
                leadingKeys.stream().allMatch(key -> any(wanted, key));
            case "Null" -> leadingKeys.isEmpty() == wanted.asText().equals("true");
            default -> throw new IllegalArgumentException(condition.getKey());
          };
        });
  }

  private static boolean any(JsonNode patterns, String text) {
    return StreamSupport.stream(patterns.spliterator(), false)
        .anyMatch(pattern -> like(pattern.asText(), text));
  }

  private static boolean like(String pattern, String text) {
    var regex =
        pattern
            .chars()
            .mapToObj(c ->
                switch (c) {
                  case '*' -> ".*";
                  case '?' -> ".";
                  default -> Pattern.quote(Character.toString(c));
                })
            .collect(Collectors.joining());
    return Pattern.matches("(?s)" + regex, text);
  }
}
