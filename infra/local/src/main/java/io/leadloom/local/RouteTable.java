package io.leadloom.local;

import io.leadloom.local.template.HttpApiResource.Route;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses the route for a request as API Gateway does: the most specific one, from the left, where
 * text counts before a parameter, a parameter before {@code {proxy+}}, and a method before ANY.
 */
final class RouteTable {

  /** A route and what its parameters stand for, decoded. */
  record Match(Route route, Map<String, String> pathParameters) {}

  private record Entry(Route route, List<String> segments) {}

  private final List<Entry> entries;

  RouteTable(List<Route> routes) {
    entries = new ArrayList<>();
    for (var route : routes) {
      entries.add(new Entry(route, segments(route.path())));
    }
    entries.sort(
        Comparator.comparing(RouteTable::specificity)
            .thenComparing(entry -> entry.route().method().equals("ANY") ? 1 : 0));
  }

  /**
   * @param rawPath as in the request, still encoded
   */
  Optional<Match> match(String method, String rawPath) {
    var path = segments(rawPath);
    for (var entry : entries) {
      var route = entry.route();
      if (route.method().equals("ANY") || route.method().equals(method)) {
        var parameters = new LinkedHashMap<String, String>();
        if (route.path().equals("$default") || matches(entry.segments(), path, parameters)) {
          return Optional.of(new Match(route, parameters));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean matches(
      List<String> pattern, List<String> path, Map<String, String> parameters) {
    for (var i = 0; i < pattern.size(); i++) {
      var segment = pattern.get(i);
      if (isGreedy(segment)) {
        if (i >= path.size()) {
          return false;
        }
        var rest = String.join("/", path.subList(i, path.size()));
        parameters.put(segment.substring(1, segment.length() - 2), decode(rest));
        return true;
      }
      if (i >= path.size()) {
        return false;
      }
      if (isParameter(segment)) {
        if (path.get(i).isEmpty()) {
          return false;
        }
        parameters.put(segment.substring(1, segment.length() - 1), decode(path.get(i)));
      } else if (!segment.equals(path.get(i)) && !segment.equals(decode(path.get(i)))) {
        return false;
      }
    }
    return pattern.size() == path.size();
  }

  /** Sorts before what is less specific. */
  private static String specificity(Entry entry) {
    if (entry.route().path().equals("$default")) {
      return "9";
    }
    var order = new StringBuilder();
    for (var segment : entry.segments()) {
      order.append(isGreedy(segment) ? '2' : isParameter(segment) ? '1' : '0');
    }
    return order.toString();
  }

  private static List<String> segments(String path) {
    var trimmed = path.startsWith("/") ? path.substring(1) : path;
    // A trailing slash means the same resource.
    if (trimmed.endsWith("/")) {
      trimmed = trimmed.substring(0, trimmed.length() - 1);
    }
    return List.of(trimmed.split("/", -1));
  }

  private static boolean isParameter(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }

  private static boolean isGreedy(String segment) {
    return segment.startsWith("{") && segment.endsWith("+}");
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
