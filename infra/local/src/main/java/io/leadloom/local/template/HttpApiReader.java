package io.leadloom.local.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gathers the routes of the HTTP API from the events of the functions. */
final class HttpApiReader {

  private static final String IMPLICIT_API = "ServerlessHttpApi";
  private static final int SHORTEST_TIMEOUT_MILLIS = 50;
  private static final int LONGEST_TIMEOUT_MILLIS = 30_000;

  /** What an account may do in each region, for routes with only one of the two limits. */
  private static final int ACCOUNT_RATE = 10_000;

  private static final int ACCOUNT_BURST = 5_000;

  /** A route whose authorizer may be declared later. */
  private record Event(
      String method,
      String path,
      String functionArn,
      Optional<String> authorizer,
      Optional<List<String>> scopes,
      Duration timeout,
      Optional<Properties> settings,
      Place at) {

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
  private Optional<Properties> defaultSettings = Optional.empty();
  private Map<String, Properties> settings = Map.of();

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
    var auth = event.child("Auth").map(a -> a.only("AuthorizationScopes", "Authorizer"));
    var method = event.text("Method").orElse("ANY").toUpperCase(Locale.ROOT);
    var path = event.text("Path").orElse("$default");
    var route =
        new Event(
            method.equals("X-AMAZON-APIGATEWAY-ANY-METHOD") ? "ANY" : method,
            path,
            functionArn,
            auth.flatMap(a -> a.text("Authorizer")),
            auth.filter(a -> a.has("AuthorizationScopes")).map(a -> a.texts("AuthorizationScopes")),
            timeout(event),
            event.child("RouteSettings"),
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
                    authorizers.find(event.authorizer(), event.scopes(), event.at()),
                    event.timeout()))
            .toList();
    return Optional.ofNullable(apiId)
        .map(id -> new HttpApiResource(id, routes, cors, stageVariables, throttles()));
  }

  private Map<String, HttpApiResource.Throttle> throttles() {
    var throttles = new LinkedHashMap<String, HttpApiResource.Throttle>();
    for (var event : events) {
      Optional.ofNullable(settings.get(event.key()))
          .or(event::settings)
          .or(() -> defaultSettings)
          .flatMap(HttpApiReader::throttle)
          .ifPresent(throttle -> throttles.put(event.key(), throttle));
    }
    settings.forEach((key, each) -> {
      if (events.stream().noneMatch(event -> event.key().equals(key))) {
        throw new TemplateException(each.at(), "There is no route " + key + " to have settings");
      }
    });
    return throttles;
  }

  private static Optional<HttpApiResource.Throttle> throttle(Properties settings) {
    settings.only(
        "DataTraceEnabled",
        "DetailedMetricsEnabled",
        "LoggingLevel",
        "ThrottlingBurstLimit",
        "ThrottlingRateLimit");
    if (!settings.has("ThrottlingBurstLimit") && !settings.has("ThrottlingRateLimit")) {
      return Optional.empty();
    }
    return Optional.of(
        new HttpApiResource.Throttle(
            settings.integer("ThrottlingRateLimit").orElse(ACCOUNT_RATE),
            settings.integer("ThrottlingBurstLimit").orElse(ACCOUNT_BURST)));
  }

  private static Duration timeout(Properties event) {
    var millis = event.integer("TimeoutInMillis").orElse(LONGEST_TIMEOUT_MILLIS);
    if (millis < SHORTEST_TIMEOUT_MILLIS || millis > LONGEST_TIMEOUT_MILLIS) {
      throw new TemplateException(
          event.placeOf("TimeoutInMillis"),
          "TimeoutInMillis is "
              + SHORTEST_TIMEOUT_MILLIS
              + " to "
              + LONGEST_TIMEOUT_MILLIS
              + ", but is "
              + millis);
    }
    return Duration.ofMillis(millis);
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
    defaultSettings = api.child("DefaultRouteSettings");
    settings = api.children("RouteSettings");
    if (!api.text("StageName").orElse("$default").equals("$default")) {
      throw new TemplateException(
          api.placeOf("StageName"),
          "The local stack serves the stage $default only, at the root of its port");
    }
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
