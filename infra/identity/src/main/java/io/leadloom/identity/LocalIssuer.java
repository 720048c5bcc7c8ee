package io.leadloom.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.leadloom.model.Ids;
import io.leadloom.model.UserId;
import io.leadloom.platform.Json;
import io.leadloom.platform.Sessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * An identity provider for one machine. Its access tokens have the claims of Amazon Cognito's, its
 * addresses are those of OpenID Connect, and anybody who knows its password is whom they say they
 * are:
 *
 * <ul>
 *   <li>{@code GET /.well-known/openid-configuration} and {@code /.well-known/jwks.json}
 *   <li>{@code POST /oauth2/token} with {@code grant_type} {@code password} ({@code username}, an
 *       e-mail address, and {@code password}) or {@code refresh_token}
 *   <li>{@code POST /oauth2/revoke} with {@code token}, a refresh token: ends the session
 * </ul>
 */
public final class LocalIssuer implements AutoCloseable {

  /** The app client that tokens are made for. */
  public static final String CLIENT = "leadloom-local";

  private static final int MOST_BYTES = 64 * 1024;

  private final HttpServer server;
  private final Supplier<IssuerKeys> keys;
  private final Supplier<Sessions> sessions;
  private final Clock clock;
  private final UnaryOperator<JsonNode> trigger;

  private LocalIssuer(
      HttpServer server,
      Supplier<IssuerKeys> keys,
      Supplier<Sessions> sessions,
      Clock clock,
      UnaryOperator<JsonNode> trigger) {
    this.server = server;
    this.keys = keys;
    this.sessions = sessions;
    this.clock = clock;
    this.trigger = trigger;
  }

  /**
   * Starts an issuer. The stack that it serves may be started later: nothing is asked of it before
   * the first call.
   *
   * @param port 0 for any free one
   * @param trigger the function that adds claims before a token is made: Cognito's pre token
   *     generation event, version 2, and the same with its response
   */
  public static LocalIssuer start(
      int port,
      Clock clock,
      Supplier<IssuerKeys> keys,
      Supplier<Sessions> sessions,
      UnaryOperator<JsonNode> trigger) {
    try {
      var server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      var issuer = new LocalIssuer(server, keys, sessions, clock, trigger);
      server.createContext("/", issuer::serve);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      return issuer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its address, which is what its tokens name as {@code iss}. */
  public URI uri() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var answer =
          switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
            case "GET /.well-known/openid-configuration" -> ok(configuration());
            case "GET /.well-known/jwks.json" ->
                ok(new JWKSet(keys.get().signing()).toJSONObject(true));
            case "POST /oauth2/token" -> token(form(exchange));
            case "POST /oauth2/revoke" -> revoke(form(exchange));
            default -> new Answer(404, Map.of("error", "not_found"));
          };
      var bytes = Json.bytes(answer.body());
      exchange.getResponseHeaders().set("content-type", "application/json");
      exchange.getResponseHeaders().set("cache-control", "no-store");
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Map<String, Object> configuration() {
    return Map.of(
        "issuer", uri(),
        "jwks_uri", uri() + "/.well-known/jwks.json",
        "token_endpoint", uri() + "/oauth2/token",
        "revocation_endpoint", uri() + "/oauth2/revoke",
        "grant_types_supported", List.of("password", "refresh_token"),
        "id_token_signing_alg_values_supported", List.of("RS256"),
        "subject_types_supported", List.of("public"));
  }

  private Answer token(Map<String, String> form) {
    var tokens = tokens();
    var session =
        switch (form.getOrDefault("grant_type", "")) {
          case "password" -> signedIn(form);
          case "refresh_token" ->
              tokens
                  .session(form.getOrDefault("refresh_token", ""))
                  .filter(s -> !sessions.get().ended(s.id()))
                  .orElse(null);
          default -> null;
        };
    if (session == null) {
      return new Answer(400, Map.of("error", "invalid_grant"));
    }
    var answer = new LinkedHashMap<String, Object>();
    answer.put("access_token", tokens.access(session, claims(session)));
    answer.put("refresh_token", tokens.refresh(session));
    answer.put("token_type", "Bearer");
    answer.put("expires_in", IssuedTokens.ACCESS.toSeconds());
    return ok(answer);
  }

  private @org.jspecify.annotations.Nullable Session signedIn(Map<String, String> form) {
    var email = form.getOrDefault("username", "").strip().toLowerCase(Locale.ROOT);
    var password = form.getOrDefault("password", "").getBytes(StandardCharsets.UTF_8);
    return !email.isEmpty()
            && MessageDigest.isEqual(
                password, keys.get().password().getBytes(StandardCharsets.UTF_8))
        ? Session.begin(user(email), email, clock.instant())
        : null;
  }

  /** The person that an address stands for here. */
  public static UserId user(String email) {
    return UserId.of(Ids.derive("user", email));
  }

  private JsonNode claims(Session session) {
    var event = Json.mapper().createObjectNode();
    event.put("version", "2").put("triggerSource", "TokenGeneration_Authentication");
    event.put("userName", session.user().value());
    event
        .withObject("/request/userAttributes")
        .put("sub", session.user().value())
        .put("email", session.email())
        .put("email_verified", "true");
    event.withObject("/response");
    return trigger
        .apply(event)
        .at("/response/claimsAndScopeOverrideDetails/accessTokenGeneration/claimsToAddOrOverride");
  }

  private Answer revoke(Map<String, String> form) {
    tokens()
        .session(form.getOrDefault("token", ""))
        .ifPresent(session ->
            sessions.get().end(session.id(), session.signedIn().plus(IssuedTokens.REFRESH)));
    // RFC 7009: a token that is none is revoked already.
    return ok(Map.of());
  }

  private IssuedTokens tokens() {
    return new IssuedTokens(keys.get().signing(), uri(), clock);
  }

  private static Answer ok(Object body) {
    return new Answer(200, body);
  }

  private static Map<String, String> form(HttpExchange exchange) throws IOException {
    var fields = new LinkedHashMap<String, String>();
    var text = new String(exchange.getRequestBody().readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    for (var pair : text.split("&")) {
      var halves = pair.split("=", 2);
      if (halves.length == 2) {
        fields.put(decoded(halves[0]), decoded(halves[1]));
      }
    }
    return fields;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private record Answer(int status, Object body) {}
}
