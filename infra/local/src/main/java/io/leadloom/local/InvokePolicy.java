package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The IAM policy with which an authorizer answers: what of the API its caller may invoke. */
record InvokePolicy(List<Statement> statements) {

  private static final String ACTION = "execute-api:Invoke";

  private record Statement(boolean allow, List<String> actions, List<String> resources) {

    boolean covers(String arn) {
      return actions.stream().anyMatch(action -> matches(action, ACTION))
          && resources.stream().anyMatch(resource -> matches(resource, arn));
    }
  }

  /** Empty when the answer holds no policy of a principal. */
  static Optional<InvokePolicy> of(JsonNode answer) {
    var statement = answer.at("/policyDocument/Statement");
    if (!answer.path("principalId").isTextual() || !statement.isContainerNode()) {
      return Optional.empty();
    }
    var statements = new ArrayList<Statement>();
    for (var each : listed(statement)) {
      statements.add(
          new Statement(
              each.path("Effect").asText().equals("Allow"),
              texts(each.path("Action")),
              texts(each.path("Resource"))));
    }
    return Optional.of(new InvokePolicy(statements));
  }

  /** One statement that allows, and none that denies. */
  boolean allows(String arn) {
    var covering = statements.stream().filter(statement -> statement.covers(arn)).toList();
    return !covering.isEmpty() && covering.stream().allMatch(Statement::allow);
  }

  private static List<JsonNode> listed(JsonNode oneOrMany) {
    var list = new ArrayList<JsonNode>();
    if (oneOrMany.isArray()) {
      oneOrMany.forEach(list::add);
    } else {
      list.add(oneOrMany);
    }
    return list;
  }

  private static List<String> texts(JsonNode oneOrMany) {
    return listed(oneOrMany).stream().map(JsonNode::asText).toList();
  }

  /** In a pattern {@code *} stands for any text and {@code ?} for one character. */
  private static boolean matches(String pattern, String text) {
    var regex = new StringBuilder();
    for (var i = 0; i < pattern.length(); i++) {
      switch (pattern.charAt(i)) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        default -> regex.append(Pattern.quote(pattern.substring(i, i + 1)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL)
        .matcher(text)
        .matches();
  }
}
