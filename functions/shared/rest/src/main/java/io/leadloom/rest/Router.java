package io.leadloom.rest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds the operation that a path and method name. Literal segments win over parameters, for all
 * methods: what is at {@code /decisions} is not what is at {@code /{id}}.
 */
final class Router {

  private final List<Operation<?, ?, ?>> operations;

  Router(List<Operation<?, ?, ?>> operations) {
    this.operations = new ArrayList<>(operations);
    this.operations.sort(
        Comparator.comparing(
            (Operation<?, ?, ?> operation) -> operation.path().replaceAll("\\{[^}]*}", "\uffff")));
  }

  Match match(String method, String path) {
    var segments = Arrays.asList(path.split("/", -1));
    var allowed = new TreeSet<String>();
    var found = "";
    for (var operation : operations) {
      var parameters = new LinkedHashMap<String, String>();
      if ((found.isEmpty() || found.equals(operation.path()))
          && fits(Arrays.asList(operation.path().split("/", -1)), segments, parameters)) {
        found = operation.path();
        if (operation.method().equals(method.equals("HEAD") ? "GET" : method)) {
          return new Match.Found(operation, parameters);
        }
        allowed.add(operation.method());
        if (operation.method().equals("GET")) {
          allowed.add("HEAD");
        }
      }
    }
    return allowed.isEmpty() ? new Match.Nothing() : new Match.OtherMethods(allowed);
  }

  private static boolean fits(
      List<String> pattern, List<String> path, Map<String, String> parameters) {
    if (pattern.size() != path.size()) {
      return false;
    }
    for (var i = 0; i < pattern.size(); i++) {
      var segment = pattern.get(i);
      if (segment.startsWith("{")) {
        if (!path.get(i).matches(Form.ID)) {
          return false;
        }
        parameters.put(segment.substring(1, segment.length() - 1), path.get(i));
      } else if (!segment.equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** What a path and method name. */
  sealed interface Match {

    /** An operation, with the ids in the path. */
    record Found(Operation<?, ?, ?> operation, Map<String, String> parameters) implements Match {}

    /** Something there is, but not for this method. */
    record OtherMethods(SortedSet<String> allowed) implements Match {}

    /** Nothing. */
    record Nothing() implements Match {}
  }
}
