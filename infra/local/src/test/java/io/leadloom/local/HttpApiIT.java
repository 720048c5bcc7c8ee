package io.leadloom.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.clock.StackClock;
import io.leadloom.local.edge.GuardHandler;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What API Gateway does around the functions of an HTTP API. */
class HttpApiIT {

  @TempDir static Path data;
  private static ToyStack stack;
  private static TestIssuer issuer;

  private static final StackClock CLOCK =
      StackClock.startingAt(Instant.parse("2026-03-02T09:00:00Z"), StackClock.AS_FAST_AS_POSSIBLE);

  @BeforeAll
  static void start() throws Exception {
    issuer = new TestIssuer();
    stack = new ToyStack(data, CLOCK, "/edge/template.yaml", Map.of("Issuer", issuer.url()));
  }

  @AfterAll
  static void stop() {
    stack.close();
    issuer.close();
    CLOCK.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/guarded/1, yes,          201,",
    "/guarded/1, plain-yes,    201,",
    "/guarded/1, no,           403, Forbidden",
    "/guarded/1, unauthorized, 401, Unauthorized",
    "/guarded/1, boom,         500, Internal Server Error",
    "/guarded/1, neither,      500, Internal Server Error",
    "/guarded/1, allow,        500, Internal Server Error",
    "/guarded/1, ,             401, Unauthorized",
    "/open,      ,             201,",
    "/policy/1,  yes,          401, Unauthorized",
    "/policy/1?key=allow, ,    201,",
    "/policy/1?key=deny, ,     403, Forbidden",
    "/policy/12?key=some, ,    201,",
    "/policy/1?key=some, ,     403, Forbidden",
    "/policy/2?key=some, ,     403, Forbidden",
    "/policy/1?key=yes, ,      500, Internal Server Error",
  })
  void authorizerDecides(String path, String authorization, int status, String message) {
    var request = stack.request(path);
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    var response = stack.send(request);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("apigw-requestid")).isPresent();
    if (message != null) {
      assertThat(response.body()).isEqualTo("{\"message\":\"" + message + "\"}");
    }
  }

  @Test
  void authorizerSeesTheRequestAndTheFunctionItsContext() {
    var event = guarded("/guarded/7?a=1&a=2", "yes");
    assertThat(event.at("/requestContext/authorizer/lambda/who").asText()).isEqualTo("ada");
    assertThat(event.at("/requestContext/authorizer/lambda/level").asInt()).isEqualTo(3);
    var asked = event.at("/requestContext/authorizer/lambda/event");
    // An earlier request may have had the kept answer; what it tells of the request differs only
    // in the path.
    assertThat(asked.path("type").asText()).isEqualTo("REQUEST");
    assertThat(asked.path("version").asText()).isEqualTo("2.0");
    assertThat(asked.path("routeKey").asText()).isEqualTo("GET /guarded/{id}");
    assertThat(asked.path("routeArn").asText())
        .startsWith("arn:aws:execute-api:us-east-1:000000000000:Api/$default/GET/guarded/");
    assertThat(asked.at("/identitySource/0").asText()).isEqualTo("yes");
    assertThat(asked.at("/headers/authorization").asText()).isEqualTo("yes");
    assertThat(asked.at("/stageVariables/colour").asText()).isEqualTo("blue");
    assertThat(asked.at("/requestContext/http/method").asText()).isEqualTo("GET");
    assertThat(asked.has("body")).isFalse();
    assertThat(event.at("/stageVariables/colour").asText()).isEqualTo("blue");
  }

  @Test
  void authorizerWithoutContextTellsNull() {
    assertThat(guarded("/guarded/1", "plain-yes").at("/requestContext/authorizer/lambda").isNull())
        .isTrue();
  }

  @Test
  void answerIsKeptForItsIdentityUntilTheStacksClockIsPastIt() {
    guarded("/guarded/1", "yes");
    var before = GuardHandler.CALLS.get();
    guarded("/guarded/2", "yes");
    assertThat(GuardHandler.CALLS.get()).isEqualTo(before);

    pass(Duration.ofSeconds(61));
    guarded("/guarded/2", "yes");
    assertThat(GuardHandler.CALLS.get()).isEqualTo(before + 1);
  }

  /** Instants are seconds from now; a claim that is null is left out. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "/token  | {}                              | 201 |",
        "/token  | {'aud':['x','other-app']}       | 201 |",
        "/token  | {'aud':null,'client_id':'app'}  | 201 |",
        "/token  | {'aud':'x','client_id':'app'}   | 401 | Bearer scope=\"\" error=\"invalid_token\" error_description=\"the token does not have a valid audience\"",
        "/token  | {'iss':'http://other.example'}  | 401 | Bearer scope=\"\" error=\"invalid_token\" error_description=\"the token has an invalid issuer\"",
        "/token  | {'exp':0}                       | 401 | Bearer scope=\"\" error=\"invalid_token\" error_description=\"the token has expired\"",
        "/token  | {'exp':null}                    | 401 | Bearer scope=\"\" error=\"invalid_token\" error_description=\"the token has expired\"",
        "/token  | {'nbf':10}                      | 401 | Bearer scope=\"\" error=\"invalid_token\" error_description=\"the token is not valid yet\"",
        "/scoped | {'scope':'a leads/write'}       | 201 |",
        "/scoped | {'scp':['leads/read']}          | 201 |",
        "/scoped | {'scope':'leads'}               | 403 | Bearer scope=\"leads/read leads/write\" error=\"insufficient_scope\"",
        "/scoped | {}                              | 403 | Bearer scope=\"leads/read leads/write\" error=\"insufficient_scope\"",
      })
  void tokenIsChecked(String path, String claims, int status, String challenge) throws Exception {
    var response = withToken(path, "Bearer " + issuer.token(claims(claims)));
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("www-authenticate").orElse(null)).isEqualTo(challenge);
    if (status != 201) {
      assertThat(response.body())
          .isEqualTo(
              status == 401 ? "{\"message\":\"Unauthorized\"}" : "{\"message\":\"Forbidden\"}");
    }
  }

  @Test
  void tokenOfNoOneOrOfAnotherKeyIsRefused() throws Exception {
    assertThat(stack.send(stack.request("/token")))
        .returns(401, HttpResponse::statusCode)
        .returns("Bearer", r -> r.headers().firstValue("www-authenticate").orElse(null));
    assertThat(withToken("/token", "Bearer not.a.token").statusCode()).isEqualTo(401);
    assertThat(withToken("/token", issuer.forged(claims("{}"))).statusCode()).isEqualTo(401);
    assertThat(withToken("/token", issuer.token(claims("{}"))).statusCode()).isEqualTo(201);
  }

  @Test
  void claimsReachTheFunctionAsTexts() throws Exception {
    var claims =
        claims("{'groups':['a','b'],'level':3,'sure':true,'gone':null,'scope':'leads/read x'}");
    var jwt = "/requestContext/authorizer/jwt";
    var open = Json.parse(withToken("/token", issuer.token(claims)).body()).at(jwt);
    assertThat(open.at("/claims/groups").textValue()).isEqualTo("[a b]");
    assertThat(open.at("/claims/level").textValue()).isEqualTo("3");
    assertThat(open.at("/claims/sure").textValue()).isEqualTo("true");
    assertThat(open.at("/claims/exp").textValue()).isEqualTo(claims.path("exp").asText());
    assertThat(open.path("claims").has("gone")).isFalse();
    assertThat(open.path("scopes").isNull()).isTrue();
    var scoped = Json.parse(withToken("/scoped", issuer.token(claims)).body()).at(jwt);
    assertThat(scoped.path("scopes").toString()).isEqualTo("[\"leads/read\",\"x\"]");
  }

  private static ObjectNode claims(String changes) {
    var now = CLOCK.instant().getEpochSecond();
    var claims =
        Json.object()
            .put("iss", issuer.url())
            .put("aud", "app")
            .put("iat", now)
            .put("exp", now + 300);
    for (var change : Json.parse(changes.replace('\'', '"')).properties()) {
      if (change.getKey().equals("exp") || change.getKey().equals("nbf")) {
        claims.remove(change.getKey());
        if (!change.getValue().isNull()) {
          claims.put(change.getKey(), now + change.getValue().asInt());
        }
      } else if (change.getValue().isNull() && change.getKey().equals("aud")) {
        claims.remove("aud");
      } else {
        claims.set(change.getKey(), change.getValue());
      }
    }
    return claims;
  }

  private static HttpResponse<String> withToken(String path, String authorization) {
    return stack.send(stack.request(path).header("Authorization", authorization));
  }

  @Test
  void routeIsThrottledByTheStacksClock() {
    try (var hold = CLOCK.hold()) {
      assertThat(status("/narrow")).isEqualTo(201);
      assertThat(status("/narrow")).isEqualTo(201);
      assertThat(stack.send(stack.request("/narrow")))
          .returns(429, HttpResponse::statusCode)
          .returns("{\"message\":\"Too Many Requests\"}", HttpResponse::body);
      assertThat(status("/open")).isEqualTo(201);
    }
    pass(Duration.ofSeconds(1));
    assertThat(status("/narrow")).isEqualTo(201);
    assertThat(status("/narrow")).isEqualTo(429);
  }

  @ParameterizedTest
  @CsvSource({
    "PATCH, /any/a/b/c, ANY /any/{proxy+}, a/b/c",
    "GET,   /any/a%2Fb, ANY /any/{proxy+}, a/b",
    "GET,   /any,       $default,",
    "PUT,   /elsewhere, $default,",
    "POST,  /open,      $default,",
  })
  void everyOtherRequestFindsItsRoute(String method, String path, String route, String proxy) {
    var response =
        stack.send(stack.request(path).method(method, HttpRequest.BodyPublishers.noBody()));
    var event = Json.parse(response.body());
    assertThat(event.path("routeKey").asText()).isEqualTo(route);
    assertThat(event.at("/pathParameters/proxy").asText(null)).isEqualTo(proxy);
    assertThat(event.at("/headers/x-forwarded-proto").asText()).isEqualTo("http");
    assertThat(event.at("/headers/x-forwarded-for").asText()).isEqualTo("127.0.0.1");
  }

  @Test
  void requestThatTakesTooLongIsGivenUp() {
    var late = stack.send(stack.request("/late").POST(HttpRequest.BodyPublishers.ofString("{}")));
    assertThat(late)
        .returns(503, HttpResponse::statusCode)
        .returns("{\"message\":\"Service Unavailable\"}", HttpResponse::body);
  }

  @ParameterizedTest
  @CsvSource({"5000000, 201", "7000000, 413", "10485761, 413"})
  void bodyHasALimit(int size, int status) {
    var body = HttpRequest.BodyPublishers.ofString("x".repeat(size));
    assertThat(
            stack
                .send(stack.request("/any/x").header("Content-Type", "text/plain").POST(body))
                .statusCode())
        .isEqualTo(status);
  }

  private static int status(String path) {
    return stack.send(stack.request(path)).statusCode();
  }

  private static void pass(Duration time) {
    var due = CLOCK.instant().plus(time);
    CLOCK.schedule(due, () -> {});
    ToyStack.await(time + " to pass", () -> !CLOCK.instant().isBefore(due));
  }

  private static JsonNode guarded(String path, String authorization) {
    HttpResponse<String> response =
        stack.send(stack.request(path).header("Authorization", authorization));
    assertThat(response.statusCode()).isEqualTo(201);
    return Json.parse(response.body());
  }
}
