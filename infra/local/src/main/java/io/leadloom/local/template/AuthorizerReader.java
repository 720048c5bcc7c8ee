package io.leadloom.local.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the {@code Auth} of an HTTP API: its authorizers by name. */
final class AuthorizerReader {

  private static final int DEFAULT_TTL_SECONDS = 300;
  private static final int LONGEST_TTL_SECONDS = 3600;

  private final Map<String, Authorizer> known = new LinkedHashMap<>();
  private final Optional<String> defaultName;
  private final Place defaultAt;

  AuthorizerReader(Properties auth) {
    known.put("NONE", new Authorizer.Open());
    known.put("AWS_IAM", new Authorizer.Iam());
    auth.only("Authorizers", "DefaultAuthorizer", "EnableIamAuthorizer");
    auth.children("Authorizers")
        .forEach((name, each) ->
            known.put(name, each.has("JwtConfiguration") ? jwt(name, each) : request(name, each)));
    defaultName = auth.text("DefaultAuthorizer");
    defaultAt = auth.placeOf("DefaultAuthorizer");
  }

  /**
   * The authorizer for an event, by its name, or the API's default one.
   *
   * @param scopes that the event asks for instead of the authorizer's
   */
  Authorizer find(Optional<String> name, Optional<List<String>> scopes, Place at) {
    var authorizer = find(name, at);
    if (scopes.isEmpty()) {
      return authorizer;
    }
    if (authorizer instanceof Authorizer.Jwt jwt) {
      return jwt.withScopes(scopes.get());
    }
    throw new TemplateException(at, "AuthorizationScopes need an authorizer with JwtConfiguration");
  }

  private Authorizer find(Optional<String> name, Place at) {
    var wanted = name.or(() -> defaultName).orElse("NONE");
    var authorizer = known.get(wanted);
    if (authorizer == null) {
      throw new TemplateException(
          name.isPresent() ? at : defaultAt,
          "There is no authorizer " + wanted + ", only " + String.join(", ", known.keySet()));
    }
    return authorizer;
  }

  private static Authorizer jwt(String name, Properties authorizer) {
    authorizer.only("AuthorizationScopes", "IdentitySource", "JwtConfiguration");
    var configuration = authorizer.child("JwtConfiguration").orElse(authorizer);
    configuration.only("audience", "issuer");
    var source = authorizer.text("IdentitySource").orElse("$request.header.Authorization");
    if (!source.startsWith("$request.header.") && !source.startsWith("$request.querystring.")) {
      throw new TemplateException(
          authorizer.placeOf("IdentitySource"),
          "IdentitySource is $request.header.<name> or $request.querystring.<name>, but is "
              + source);
    }
    return new Authorizer.Jwt(
        name,
        configuration.requiredText("issuer"),
        configuration.texts("audience"),
        source,
        authorizer.texts("AuthorizationScopes"));
  }

  private static Authorizer request(String name, Properties authorizer) {
    authorizer.only(
        "AuthorizerPayloadFormatVersion",
        "EnableFunctionDefaultPermissions",
        "EnableSimpleResponses",
        "FunctionArn",
        "FunctionInvokeRole",
        "Identity");
    if (!authorizer.requiredText("AuthorizerPayloadFormatVersion").equals("2.0")) {
      throw new TemplateException(
          authorizer.placeOf("AuthorizerPayloadFormatVersion"),
          "The local stack speaks payload format 2.0 to authorizers");
    }
    var sources = new ArrayList<String>();
    var identity = authorizer.child("Identity");
    identity.ifPresent(from -> {
      from.only("Context", "Headers", "QueryStrings", "ReauthorizeEvery", "StageVariables");
      sources.addAll(prefixed("$request.header.", from.texts("Headers")));
      sources.addAll(prefixed("$request.querystring.", from.texts("QueryStrings")));
      sources.addAll(prefixed("$context.", from.texts("Context")));
      sources.addAll(prefixed("$stageVariables.", from.texts("StageVariables")));
    });
    return new Authorizer.Request(
        name,
        authorizer.requiredText("FunctionArn"),
        sources,
        authorizer.flag("EnableSimpleResponses", false),
        identity.filter(i -> !sources.isEmpty()).map(i -> ttl(i)).orElse(Duration.ZERO));
  }

  private static Duration ttl(Properties identity) {
    var seconds = identity.integer("ReauthorizeEvery").orElse(DEFAULT_TTL_SECONDS);
    if (seconds < 0 || seconds > LONGEST_TTL_SECONDS) {
      throw new TemplateException(
          identity.placeOf("ReauthorizeEvery"),
          "ReauthorizeEvery is 0 to " + LONGEST_TTL_SECONDS + " seconds, but is " + seconds);
    }
    return Duration.ofSeconds(seconds);
  }

  private static List<String> prefixed(String prefix, List<String> names) {
    return names.stream().map(prefix::concat).toList();
  }
}
