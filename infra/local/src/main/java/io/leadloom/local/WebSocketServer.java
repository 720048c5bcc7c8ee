package io.leadloom.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.local.template.WebSocketApiResource;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The WebSocket API: turns connections and messages into events for the functions behind it. */
final class WebSocketServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WebSocketServer.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int MESSAGE_LIMIT = 128 * 1024;
  private static final int FRAME_LIMIT = 32 * 1024;
  private static final Duration IDLE_LIMIT = Duration.ofMinutes(10);
  private static final int BAD_GATEWAY = 502;

  private final WebSocketApiResource api;
  private final WebSocketConnections connections;
  private final LambdaService lambda;
  private final Clock clock;
  private final WebSocketAuthorizer authorizer;
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private volatile boolean closing;

  private WebSocketServer(
      WebSocketApiResource api,
      WebSocketConnections connections,
      LambdaService lambda,
      Clock clock) {
    this.api = api;
    this.connections = connections;
    this.lambda = lambda;
    this.clock = clock;
    this.authorizer = new WebSocketAuthorizer(api, lambda, clock);
  }

  /**
   * @param port 0 for any free one
   * @throws StackException when the port is taken
   */
  static WebSocketServer start(
      int port,
      WebSocketApiResource api,
      WebSocketConnections connections,
      LambdaService lambda,
      Clock clock) {
    var started = new WebSocketServer(api, connections, lambda, clock);
    started.connector.setHost("127.0.0.1");
    started.connector.setPort(port);
    started.server.addConnector(started.connector);
    started.server.setHandler(WebSocketUpgradeHandler.from(started.server, started::configure));
    try {
      started.server.start();
    } catch (IOException e) {
      throw new StackException(
          "Port "
              + port
              + " for the WebSocket API is in use. Stop what uses it, or choose another port",
          e);
    } catch (Exception e) {
      throw new StackException("The WebSocket API could not be started", e);
    }
    return started;
  }

  /** Where clients connect, the stage included. */
  URI url() {
    return URI.create("ws://127.0.0.1:" + connector.getLocalPort() + "/" + api.stage());
  }

  private void configure(ServerWebSocketContainer container) {
    container.setMaxTextMessageSize(MESSAGE_LIMIT);
    container.setMaxBinaryMessageSize(MESSAGE_LIMIT);
    container.setMaxFrameSize(FRAME_LIMIT);
    container.setIdleTimeout(IDLE_LIMIT);
    container.addMapping("/" + api.stage(), this::connect);
  }

  private @Nullable Object connect(
      ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
    var client = client(request);
    return switch (authorizer.admit(client)) {
      case Admission.Refused refused -> {
        Response.writeError(request, response, callback, refused.status());
        yield null;
      }
      case Admission.Admitted(var told) ->
          connect(client.authorized(told), request, response, callback);
    };
  }

  private @Nullable Object connect(
      WebSocketClient client,
      ServerUpgradeRequest request,
      ServerUpgradeResponse response,
      Callback callback) {
    var route = api.routes().get("$connect");
    if (route != null) {
      var status =
          invoke(route, client.connected(clock.instant()), client)
              .map(result -> result.path("statusCode").asInt(BAD_GATEWAY))
              .orElse(BAD_GATEWAY);
      if (status < 200 || status > 299) {
        Response.writeError(request, response, callback, status);
        return null;
      }
    }
    return new WebSocketListener(this, client);
  }

  private WebSocketClient client(ServerUpgradeRequest request) {
    var headers = new LinkedHashMap<String, List<String>>();
    for (var field : request.getHeaders()) {
      headers
          .computeIfAbsent(field.getName(), name -> new ArrayList<>())
          .add(field.getValue() == null ? "" : field.getValue());
    }
    var query = new LinkedHashMap<String, List<String>>();
    for (var parameter : Request.extractQueryParameters(request)) {
      query.put(parameter.getName(), parameter.getValues());
    }
    var id = new byte[11];
    RANDOM.nextBytes(id);
    return new WebSocketClient(
        api,
        Base64.getUrlEncoder().encodeToString(id),
        Request.getServerName(request) + ":" + Request.getServerPort(request),
        Request.getRemoteAddr(request),
        headers,
        query,
        Optional.empty(),
        clock.instant());
  }

  /** What the function returned; empty when it failed. */
  private Optional<ObjectNode> invoke(
      WebSocketApiResource.Route route, ObjectNode event, WebSocketClient client) {
    try {
      var result = lambda.invoke(route.functionArn(), Json.bytes(event));
      if (!result.failed()) {
        return Optional.of(result.json() instanceof ObjectNode object ? object : Json.object());
      }
      LOG.warn(
          "{} of {} failed: {}",
          event.at("/requestContext/routeKey").asText(),
          client.connectionId(),
          new String(result.payload(), StandardCharsets.UTF_8));
    } catch (LambdaException | IllegalArgumentException e) {
      LOG.warn("{} could not be served", event.at("/requestContext/routeKey").asText(), e);
    }
    return Optional.empty();
  }

  void opened(WebSocketClient client, Session session) {
    connections.add(client, session);
  }

  void closed(WebSocketClient client, int status, String reason) {
    connections.remove(client.connectionId());
    var route = api.routes().get("$disconnect");
    // The end of the stack is not an event that AWS knows.
    if (route != null && !closing) {
      invoke(route, client.disconnected(status, reason, clock.instant()), client);
    }
  }

  void received(WebSocketClient client, byte[] body) {
    connections.active(client.connectionId());
    var text = Utf8.decode(body);
    var key = text.map(this::routeKey).orElse("$default");
    var route = api.routes().get(api.routes().containsKey(key) ? key : "$default");
    var event =
        client.message(
            api.routes().containsKey(key) ? key : "$default",
            text.orElseGet(() -> Base64.getEncoder().encodeToString(body)),
            text.isEmpty(),
            clock.instant());
    if (route == null) {
      complain(client, event, "Forbidden");
      return;
    }
    var result = invoke(route, event, client);
    if (result.isEmpty()) {
      complain(client, event, "Internal server error");
    } else if (route.answers()) {
      var answer = result.get().path("body").asText("");
      if (!answer.isEmpty()) {
        send(client, answer);
      }
    }
  }

  private String routeKey(String text) {
    try {
      return Json.parse(text).at("/" + api.selection().replace('.', '/')).asText("$default");
    } catch (IllegalArgumentException e) {
      return "$default";
    }
  }

  private void complain(WebSocketClient client, ObjectNode event, String message) {
    send(
        client,
        Json.object()
            .put("message", message)
            .put("connectionId", client.connectionId())
            .put("requestId", event.at("/requestContext/requestId").asText())
            .toString());
  }

  private void send(WebSocketClient client, String text) {
    connections.send(client.connectionId(), text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws Exception {
    closing = true;
    server.stop();
  }
}
