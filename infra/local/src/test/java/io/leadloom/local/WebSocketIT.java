package io.leadloom.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.clock.StackClock;
import io.leadloom.local.edge.SocketHandler;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What API Gateway does around the functions of a WebSocket API. */
class WebSocketIT {

  @TempDir static Path data;
  private static ToyStack stack;
  private static HttpClient http;

  private static final StackClock CLOCK =
      StackClock.startingAt(Instant.parse("2026-03-02T09:00:00Z"), StackClock.AS_FAST_AS_POSSIBLE);

  @BeforeAll
  static void start() {
    stack = new ToyStack(data, CLOCK, "/edge/template.yaml");
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    stack.close();
    http.close();
    CLOCK.close();
  }

  @Test
  void messageFindsItsRouteAndItsAnswerItsClient() throws Exception {
    try (var client = new Client("")) {
      var connected = event(client, "CONNECT");
      assertThat(connected.at("/requestContext/routeKey").asText()).isEqualTo("$connect");
      assertThat(connected.at("/requestContext/stage").asText()).isEqualTo("live");
      assertThat(connected.at("/requestContext/apiId").asText()).isEqualTo("Sockets");
      assertThat(connected.at("/requestContext/identity/sourceIp").asText()).isEqualTo("127.0.0.1");
      assertThat(connected.at("/headers/X-Client").asText()).isEqualTo(client.name);
      assertThat(connected.at("/multiValueHeaders/X-Client/0").asText()).isEqualTo(client.name);

      client.socket.sendText("{\"action\":\"echo\",\"n\":1}", true).join();
      assertThat(client.next()).isEqualTo("{\"action\":\"echo\",\"n\":1}");
      var message = event(client, "MESSAGE");
      assertThat(message.at("/requestContext/routeKey").asText()).isEqualTo("echo");
      assertThat(message.at("/requestContext/messageId").asText()).isNotEmpty();
      assertThat(message.path("isBase64Encoded").asBoolean()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{\"action\":\"boom\"} | Internal server error", "{} | Forbidden", "[ | Forbidden"})
  void messageThatIsNotServedIsAnsweredWithAnError(String message, String error) throws Exception {
    try (var client = new Client("")) {
      client.socket.sendText(message, true).join();
      var answer = Json.parse(client.next());
      assertThat(answer.path("message").asText()).isEqualTo(error);
      assertThat(answer.path("connectionId").asText()).isEqualTo(client.id());
      assertThat(answer.path("requestId").asText()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"401, 401", "403, 403", "none, 502"})
  void clientThatTheFunctionDoesNotLetInIsRefused(String key, int status) {
    assertThatThrownBy(() -> new Client("?key=" + key))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(WebSocketHandshakeException.class)
        .returns(status, e -> ((WebSocketHandshakeException) e).getResponse().statusCode());
  }

  @ParameterizedTest
  @CsvSource({
    "deny, 403",
    "elsewhere, 403",
    "unauthorized, 401",
    "boom, 500",
    "nonsense, 500",
    "deep, 500"
  })
  void clientThatTheAuthorizerDoesNotLetInNeverReachesTheFunction(String guard, int status) {
    var before = SocketHandler.EVENTS.size();
    assertThatThrownBy(() -> new Client("?guard=" + guard))
        .cause()
        .returns(status, e -> ((WebSocketHandshakeException) e).getResponse().statusCode());
    assertThat(SocketHandler.EVENTS.stream().skip(before))
        .noneMatch(e -> e.at("/queryStringParameters/guard").asText().equals(guard));
  }

  @Test
  void clientWithoutIdentityIsRefusedUnasked() {
    var anonymous =
        http.newWebSocketBuilder()
            .buildAsync(stack.stack.webSocketUrl().orElseThrow(), new WebSocket.Listener() {});
    assertThatThrownBy(anonymous::join)
        .cause()
        .returns(401, e -> ((WebSocketHandshakeException) e).getResponse().statusCode());
  }

  @Test
  void functionsAreToldWhatTheAuthorizerSaid() throws Exception {
    try (var client = new Client("")) {
      client.socket.sendText("{\"action\":\"echo\"}", true).join();
      client.next();
      for (var type : new String[] {"CONNECT", "MESSAGE"}) {
        var told = event(client, type).at("/requestContext/authorizer");
        assertThat(told.path("principalId").asText()).isEqualTo("ada");
        assertThat(told.path("level").isTextual()).isTrue();
        assertThat(told.path("level").asText()).isEqualTo("3");
        assertThat(told.path("type").asText()).isEqualTo("REQUEST");
      }
    }
  }

  @Test
  void clientIsReachedByItsConnection() throws Exception {
    try (var client = new Client("")) {
      var id = client.id();
      ToyStack.await(
          "the connection to be open", () -> connections("GET", id, "").statusCode() == 200);
      assertThat(connections("POST", id, "hello").statusCode()).isEqualTo(200);
      assertThat(client.next()).isEqualTo("hello");

      var description = Json.parse(connections("GET", id, "").body());
      assertThat(description.path("connectedAt").asText()).isEqualTo("2026-03-02T09:00:00Z");
      assertThat(description.at("/identity/sourceIp").asText()).isEqualTo("127.0.0.1");

      assertThat(connections("POST", id, "x".repeat(128 * 1024 + 1)).statusCode()).isEqualTo(413);
      assertThat(connections("DELETE", id, "").statusCode()).isEqualTo(204);
      assertThat(client.closed.get(30, TimeUnit.SECONDS)).isEqualTo(1000);
      ToyStack.await("the connection to be gone", () -> gone(id));
    }
  }

  @Test
  void connectionThatNeverWasIsGone() {
    assertThat(gone("nobody=")).isTrue();
  }

  @Test
  void endOfAConnectionIsAnEvent() throws Exception {
    try (var client = new Client("")) {
      var id = client.id();
      client.socket.sendClose(1000, "enough").join();
      ToyStack.await("the event", () -> find(id, "DISCONNECT") != null);
      var event = event(client, "DISCONNECT");
      assertThat(event.at("/requestContext/disconnectStatusCode").asInt()).isEqualTo(1000);
      assertThat(event.at("/requestContext/disconnectReason").asText()).isEqualTo("enough");
      assertThat(gone(id)).isTrue();
    }
  }

  private static boolean gone(String id) {
    var response = connections("POST", id, "anybody?");
    return response.statusCode() == 410
        && response.headers().firstValue("x-amzn-ErrorType").orElse("").equals("GoneException");
  }

  private static HttpResponse<String> connections(String method, String id, String body) {
    var path = "/live/@connections/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    return stack.send(
        HttpRequest.newBuilder(stack.stack.awsUrl().resolve(path))
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  private static JsonNode event(Client client, String type) {
    return Objects.requireNonNull(find(client.id(), type));
  }

  private static @Nullable JsonNode find(String connectionId, String type) {
    return SocketHandler.EVENTS.stream()
        .filter(e -> e.at("/requestContext/connectionId").asText().equals(connectionId))
        .filter(e -> e.at("/requestContext/eventType").asText().equals(type))
        .findFirst()
        .orElse(null);
  }

  /** A client that tells itself apart by a header. */
  private static final class Client implements WebSocket.Listener, AutoCloseable {

    final String name = UUID.randomUUID().toString();
    final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    final WebSocket socket;

    Client(String query) {
      var url = URI.create(stack.stack.webSocketUrl().orElseThrow() + query);
      socket = http.newWebSocketBuilder().header("X-Client", name).buildAsync(url, this).join();
    }

    /** The id that the function was told. */
    String id() {
      return SocketHandler.EVENTS.stream()
          .filter(e -> e.at("/headers/X-Client").asText().equals(name))
          .map(e -> e.at("/requestContext/connectionId").asText())
          .findFirst()
          .orElseThrow();
    }

    String next() throws InterruptedException {
      return Objects.requireNonNull(messages.poll(30, TimeUnit.SECONDS), "no message");
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      messages.add(text.toString());
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer bytes, boolean last) {
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      closed.complete(status);
      return null;
    }

    @Override
    public void close() {
      socket.abort();
    }
  }
}
