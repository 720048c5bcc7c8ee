package io.leadloom.local.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A WebSocket API: {@code AWS::ApiGatewayV2::Api} with its routes, integrations and one stage.
 *
 * @param id the logical id
 * @param stage the name that is its path
 * @param selection the property of a message that names its route
 * @param authorizer who decides whether a client may connect
 * @param routes by their keys
 */
public record WebSocketApiResource(
    String id,
    String stage,
    String selection,
    Optional<Authorizer> authorizer,
    Map<String, Route> routes,
    Map<String, String> stageVariables) {

  /**
   * A function that sees the request with which a client connects, and answers with a policy.
   *
   * @param identitySources what must be in the request, for example {@code
   *     route.request.header.Authorization}
   */
  public record Authorizer(String functionArn, List<String> identitySources) {}

  /**
   * @param answers whether the client gets the body that the function returns
   */
  public record Route(String functionArn, boolean answers) {}
}
