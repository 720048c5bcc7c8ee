package io.leadloom.local.template;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers the routes of the HTTP API from the events of the functions. */
final class HttpApiReader {

  private static final String IMPLICIT_API = "ServerlessHttpApi";

  private final TemplateScope scope;
  private final List<HttpApiResource.Route> routes = new ArrayList<>();
  private final Set<HttpApiResource.Route> withoutAuthorizer = new HashSet<>();
  private @Nullable String apiId;
  private boolean iamByDefault;
  private Optional<HttpApiResource.Cors> cors = Optional.empty();

  HttpApiReader(TemplateScope scope) {
    this.scope = scope;
  }

  void declare(Resource resource, Properties properties) {
    use(resource.id(), resource.at());
    var auth = properties.child("Auth");
    auth.ifPresent(HttpApiReader::checkAuthorizers);
    iamByDefault =
        auth.flatMap(a -> a.text("DefaultAuthorizer")).filter("AWS_IAM"::equals).isPresent();
    cors = properties.child("CorsConfiguration").map(HttpApiReader::cors);
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
    event.child("Auth").ifPresent(HttpApiReader::checkAuthorizers);
    var authorizer = event.child("Auth").flatMap(auth -> auth.text("Authorizer"));
    var method = event.text("Method").orElse("ANY").toUpperCase(Locale.ROOT);
    var path = event.text("Path").orElse("$default");
    var route =
        new HttpApiResource.Route(
            method.equals("X-AMAZON-APIGATEWAY-ANY-METHOD") ? "ANY" : method,
            path,
            functionArn,
            authorizer.filter("AWS_IAM"::equals).isPresent());
    if (!path.equals("$default") && !path.startsWith("/")) {
      throw new TemplateException(event.placeOf("Path"), "A path starts with /, but is " + path);
    }
    if (routes.stream().anyMatch(other -> other.key().equals(route.key()))) {
      throw new TemplateException(
          event.at(), "The route " + route.key() + " belongs to another event already");
    }
    routes.add(route);
    if (authorizer.isEmpty()) {
      withoutAuthorizer.add(route);
    }
  }

  Optional<HttpApiResource> api() {
    var all = routes.stream().map(this::withDefaultAuthorizer).toList();
    return Optional.ofNullable(apiId).map(id -> new HttpApiResource(id, all, cors));
  }

  private HttpApiResource.Route withDefaultAuthorizer(HttpApiResource.Route route) {
    return iamByDefault && withoutAuthorizer.contains(route)
        ? new HttpApiResource.Route(route.method(), route.path(), route.functionArn(), true)
        : route;
  }

  private void use(String id, Place at) {
    if (apiId != null && !apiId.equals(id)) {
      throw new TemplateException(
          at,
          "The local stack has one port for one HTTP API, but "
              + apiId
              + " and "
              + id
              + " are used. Put the routes into one");
    }
    apiId = id;
    if (cors.isEmpty() && scope.section("Globals").get("HttpApi") != null) {
      cors =
          Globals.apply(
                  scope,
                  "HttpApi",
                  "Globals.HttpApi",
                  new Properties(at, "Globals.HttpApi", Map.of()))
              .child("CorsConfiguration")
              .map(HttpApiReader::cors);
    }
  }

  private static void checkAuthorizers(Properties auth) {
    auth.only(
        "Authorizer",
        "AuthorizationScopes",
        "DefaultAuthorizer",
        "EnableIamAuthorizer",
        "Authorizers");
    for (var name : List.of("Authorizer", "DefaultAuthorizer")) {
      var authorizer = auth.text(name).orElse("NONE");
      if (!authorizer.equals("NONE") && !authorizer.equals("AWS_IAM")) {
        throw new TemplateException(
            auth.placeOf(name),
            "The local stack knows the authorizers NONE and AWS_IAM, not " + authorizer);
      }
    }
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
