package io.leadloom.local.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The HTTP API of a template: every {@code HttpApi} event is a route.
 *
 * @param stageVariables what every event tells of the stage
 */
public record HttpApiResource(
    String id, List<Route> routes, Optional<Cors> cors, Map<String, String> stageVariables) {

  /** The API of a template that has none. */
  public static final HttpApiResource NONE =
      new HttpApiResource("", List.of(), Optional.empty(), Map.of());

  /**
   * @param method upper case, or {@code ANY}
   * @param path for example {@code /leads/{id}}, or {@code $default}
   * @param functionArn the target
   * @param authorizer who lets requests in
   */
  public record Route(String method, String path, String functionArn, Authorizer authorizer) {

    /** As API Gateway writes it, for example {@code GET /leads/{id}}. */
    public String key() {
      return path.equals("$default") ? path : method + " " + path;
    }
  }

  /** What the API answers to requests from other origins. */
  public record Cors(
      List<String> origins,
      List<String> methods,
      List<String> headers,
      List<String> exposed,
      boolean credentials,
      Optional<Integer> maxAge) {}
}
