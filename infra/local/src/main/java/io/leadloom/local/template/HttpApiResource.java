package io.leadloom.local.template;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The HTTP API of a template: every {@code HttpApi} event is a route.
 *
 * @param stageVariables what every event tells of the stage
 * @param throttles by the keys of the routes that have limits
 */
public record HttpApiResource(
    String id,
    List<Route> routes,
    Optional<Cors> cors,
    Map<String, String> stageVariables,
    Map<String, Throttle> throttles) {

  /** The API of a template that has none. */
  public static final HttpApiResource NONE =
      new HttpApiResource("", List.of(), Optional.empty(), Map.of(), Map.of());

  /**
   * @param method upper case, or {@code ANY}
   * @param path for example {@code /leads/{id}}, or {@code $default}
   * @param functionArn the target
   * @param authorizer who lets requests in
   * @param timeout after which the client gets an error
   */
  public record Route(
      String method, String path, String functionArn, Authorizer authorizer, Duration timeout) {

    /** As API Gateway writes it, for example {@code GET /leads/{id}}. */
    public String key() {
      return path.equals("$default") ? path : method + " " + path;
    }
  }

  /**
   * How many requests a route takes.
   *
   * @param rate in a second, in the long run
   * @param burst at once
   */
  public record Throttle(double rate, int burst) {}

  /** What the API answers to requests from other origins. */
  public record Cors(
      List<String> origins,
      List<String> methods,
      List<String> headers,
      List<String> exposed,
      boolean credentials,
      Optional<Integer> maxAge) {}
}
