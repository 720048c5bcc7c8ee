package io.leadloom.local.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gathers the routes of the HTTP API from the events of the functions. */
final class HttpApiReader {

  private static final String IMPLICIT_API = "ServerlessHttpApi";

  /** A route whose authorizer may be declared later. */
  private record Event(
      String method, String path, String functionArn, Optional<String> authorizer, Place at) {

    String key() {
      return path.equals("$default") ? path : method + " " + path;
    }
  }

  private final TemplateScope scope;
  private final List<Event> events = new ArrayList<>();
  private AuthorizerReader authorizers = new AuthorizerReader(nothing(new Place("", 0)));
  private @Nullable String apiId;
  private Optional<HttpApiResource.Cors> cors = Optional.empty();
  private Map<String, String> stageVariables = Map.of();

  HttpApiReader(TemplateScope scope) {
    this.scope = scope;
  }

  void declare(Resource resource, Properties properties) {
    use(resource.id(), resource.at());
    configure(properties);
  }

  void route(String functionArn, Properties event) {
    event.only(
        "ApiId",
        "Auth",
        "Method",
        "Path",
        "PayloadFormatVersion",
        "RouteSettings",
        "TimeoutInMillis");
    if (!event.text("PayloadFormatVersion").orElse("2.0").equals("2.0")) {
      throw new TemplateException(
          event.placeOf("PayloadFormatVersion"), "The local stack speaks payload format 2.0 only");
    }
    use(event.text("ApiId").orElse(IMPLICIT_API), event.placeOf("ApiId"));
    var auth = event.child("Auth").map(a -> a.only("Authorizer"));
    var method = event.text("Method").orElse("ANY").toUpperCase(Locale.ROOT);
    var path = event.text("Path").orElse("$default");
    var route =
        new Event(
            method.equals("X-AMAZON-APIGATEWAY-ANY-METHOD") ? "ANY" : method,
            path,
            functionArn,
            auth.flatMap(a -> a.text("Authorizer")),
            auth.map(a -> a.placeOf("Authorizer")).orElse(event.at()));
    if (!path.equals("$default") && !path.startsWith("/")) {
      throw new TemplateException(event.placeOf("Path"), "A path starts with /, but is " + path);
    }
    if (events.stream().anyMatch(other -> other.key().equals(route.key()))) {
      throw new TemplateException(
          event.at(), "The route " + route.key() + " belongs to another event already");
    }
    events.add(route);
  }

  Optional<HttpApiResource> api() {
    var routes =
        events.stream()
            .map(event ->
                new HttpApiResource.Route(
                    event.method(),
                    event.path(),
                    event.functionArn(),
                    authorizers.find(event.authorizer(), event.at())))
            .toList();
    return Optional.ofNullable(apiId)
        .map(id -> new HttpApiResource(id, routes, cors, stageVariables));
  }

  private void use(String id, Place at) {
    if (id.equals(apiId)) {
      return;
    }
    if (apiId != null) {
      throw new TemplateException(
          at,
          "The local stack has one port for one HTTP API, but "
              + apiId
              + " and "
              + id
              + " are used. Put the routes into one");
    }
    apiId = id;
    if (id.equals(IMPLICIT_API)) {
      configure(Globals.apply(scope, "HttpApi", id, nothing(at)));
    }
  }

  private void configure(Properties api) {
    authorizers = new AuthorizerReader(api.child("Auth").orElseGet(() -> nothing(api.at())));
    cors = api.child("CorsConfiguration").map(HttpApiReader::cors);
    stageVariables = api.textMap("StageVariables");
  }

  private static Properties nothing(Place at) {
    return new Properties(at, IMPLICIT_API, Map.of());
  }

  private static HttpApiResource.Cors cors(Properties cors) {
    cors.only(
        "AllowCredentials",
        "AllowHeaders",
        "AllowMethods",
        "AllowOrigins",
        "ExposeHeaders",
        "MaxAge");
    return new HttpApiResource.Cors(
        cors.texts("AllowOrigins"),
        cors.texts("AllowMethods"),
        cors.texts("AllowHeaders"),
        cors.texts("ExposeHeaders"),
        cors.flag("AllowCredentials", false),
        cors.integer("MaxAge"));
  }
}
