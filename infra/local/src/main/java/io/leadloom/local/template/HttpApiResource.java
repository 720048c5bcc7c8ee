package io.leadloom.local.template;

import java.util.List;
import java.util.Optional;

/** The HTTP API of a template: every {@code HttpApi} event is a route. */
public record HttpApiResource(String id, List<Route> routes, Optional<Cors> cors) {

  /**
   * @param method upper case, or {@code ANY}
   * @param path for example {@code /leads/{id}}, or {@code $default}
   * @param functionArn the target
   * @param iam whether the route asks for AWS_IAM authorization
   */
  public record Route(String method, String path, String functionArn, boolean iam) {

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
