package io.leadloom.local.template;

import java.util.Map;

/**
 * A WebSocket API: {@code AWS::ApiGatewayV2::Api} with its routes, integrations and one stage.
 *
 * @param id the logical id
 * @param stage the name that is its path
 * @param selection the property of a message that names its route
 * @param routes by their keys
 */
public record WebSocketApiResource(
    String id,
    String stage,
    String selection,
    Map<String, Route> routes,
    Map<String, String> stageVariables) {

  /**
   * @param answers whether the client gets the body that the function returns
   */
  public record Route(String functionArn, boolean answers) {}
}
