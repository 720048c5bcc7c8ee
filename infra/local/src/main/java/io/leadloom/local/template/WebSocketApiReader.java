package io.leadloom.local.template;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gathers a WebSocket API from the resources that make it up. */
final class WebSocketApiReader {

  private static final Pattern FUNCTION_URI = Pattern.compile(".*/functions/(.+)/invocations");
  private static final String SELECTION = "$request.body.";

  private record Api(String id, String selection, Place at) {}

  private record Route(
      String apiId, String integration, boolean answers, Optional<String> authorizer, Place at) {}

  private record Authorizer(String apiId, WebSocketApiResource.Authorizer declared, Place at) {}

  private record Stage(String apiId, String name, Map<String, String> variables, Place at) {}

  private final Map<String, Route> routes = new LinkedHashMap<>();
  private final Map<String, String> integrations = new HashMap<>();
  private final Map<String, Authorizer> authorizers = new HashMap<>();
  private @Nullable Api api;
  private @Nullable Stage stage;

  void api(Resource resource, Properties properties) {
    var protocol = properties.requiredText("ProtocolType");
    if (!protocol.equals("WEBSOCKET")) {
      throw new TemplateException(
          properties.placeOf("ProtocolType"),
          "The local stack reads WEBSOCKET APIs from this type, not "
              + protocol
              + "; write an HTTP API as AWS::Serverless::HttpApi");
    }
    if (api != null) {
      throw new TemplateException(
          resource.at(), "The local stack has one port for one WebSocket API, as " + api.id());
    }
    var selection = properties.requiredText("RouteSelectionExpression");
    if (!selection.startsWith(SELECTION)) {
      throw new TemplateException(
          properties.placeOf("RouteSelectionExpression"),
          "The local stack selects routes by " + SELECTION + "<property>, not by " + selection);
    }
    api = new Api(resource.id(), selection.substring(SELECTION.length()), resource.at());
  }

  void route(Properties properties) {
    var route =
        new Route(
            properties.requiredText("ApiId"),
            Names.lastPart(properties.requiredText("Target")),
            properties.has("RouteResponseSelectionExpression"),
            authorizerOf(properties),
            properties.at());
    if (routes.put(properties.requiredText("RouteKey"), route) != null) {
      throw new TemplateException(
          properties.placeOf("RouteKey"), "Another route has this RouteKey already");
    }
  }

  private static Optional<String> authorizerOf(Properties route) {
    var type = route.text("AuthorizationType").orElse("NONE");
    return switch (type) {
      case "NONE" -> Optional.empty();
      case "CUSTOM" -> {
        if (!route.requiredText("RouteKey").equals("$connect")) {
          throw new TemplateException(
              route.placeOf("AuthorizationType"), "Only the route $connect can have an authorizer");
        }
        yield Optional.of(route.requiredText("AuthorizerId"));
      }
      default ->
          throw new TemplateException(
              route.placeOf("AuthorizationType"),
              "The local stack knows the AuthorizationTypes NONE and CUSTOM of a WebSocket API, not "
                  + type);
    };
  }

  void authorizer(Resource resource, Properties properties) {
    if (!properties.requiredText("AuthorizerType").equals("REQUEST")) {
      throw new TemplateException(
          properties.placeOf("AuthorizerType"),
          "A WebSocket API has authorizers of type REQUEST only");
    }
    authorizers.put(
        resource.id(),
        new Authorizer(
            properties.requiredText("ApiId"),
            new WebSocketApiResource.Authorizer(
                function(properties, "AuthorizerUri"), properties.texts("IdentitySource")),
            properties.at()));
  }

  private static String function(Properties properties, String name) {
    var uri = FUNCTION_URI.matcher(properties.requiredText(name));
    if (!uri.matches()) {
      throw new TemplateException(properties.placeOf(name), name + " names no function to invoke");
    }
    return uri.group(1);
  }

  void integration(Resource resource, Properties properties) {
    if (!properties.requiredText("IntegrationType").equals("AWS_PROXY")) {
      throw new TemplateException(
          properties.placeOf("IntegrationType"), "The local stack knows AWS_PROXY only");
    }
    integrations.put(resource.id(), function(properties, "IntegrationUri"));
  }

  void stage(Properties properties) {
    if (stage != null) {
      throw new TemplateException(
          properties.at(), "The local stack has one stage for a WebSocket API, as " + stage.name());
    }
    stage =
        new Stage(
            properties.requiredText("ApiId"),
            properties.requiredText("StageName"),
            properties.textMap("StageVariables"),
            properties.at());
  }

  Optional<WebSocketApiResource> result() {
    var declared = api;
    if (declared == null) {
      return Optional.empty();
    }
    var deployed = stage;
    if (deployed == null) {
      throw new TemplateException(
          declared.at(), declared.id() + " has no AWS::ApiGatewayV2::Stage");
    }
    check(declared, deployed.apiId(), deployed.at());
    var functions = new LinkedHashMap<String, WebSocketApiResource.Route>();
    routes.forEach((key, route) -> {
      check(declared, route.apiId(), route.at());
      var function = integrations.get(route.integration());
      if (function == null) {
        throw new TemplateException(route.at(), "Target names no integration of this template");
      }
      functions.put(key, new WebSocketApiResource.Route(function, route.answers()));
    });
    return Optional.of(
        new WebSocketApiResource(
            declared.id(),
            deployed.name(),
            declared.selection(),
            Optional.ofNullable(routes.get("$connect")).flatMap(r -> authorizer(declared, r)),
            functions,
            deployed.variables()));
  }

  private Optional<WebSocketApiResource.Authorizer> authorizer(Api api, Route route) {
    return route
        .authorizer()
        .map(id -> {
          var authorizer = authorizers.get(id);
          if (authorizer == null) {
            throw new TemplateException(
                route.at(), "AuthorizerId names no authorizer of this template");
          }
          check(api, authorizer.apiId(), authorizer.at());
          return authorizer.declared();
        });
  }

  private static void check(Api declared, String apiId, Place at) {
    if (!declared.id().equals(apiId)) {
      throw new TemplateException(at, "ApiId is " + apiId + ", but the API is " + declared.id());
    }
  }
}
