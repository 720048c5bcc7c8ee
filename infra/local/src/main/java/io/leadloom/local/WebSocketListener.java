package io.leadloom.local;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/**
 * Hears what happens on one connection, one thing after the other. It is public because Jetty calls
 * no other classes.
 */
public final class WebSocketListener implements Session.Listener.AutoDemanding {

  private final WebSocketServer server;
  private final WebSocketClient client;

  WebSocketListener(WebSocketServer server, WebSocketClient client) {
    this.server = server;
    this.client = client;
  }

  @Override
  public void onWebSocketOpen(Session session) {
    server.opened(client, session);
  }

  @Override
  public void onWebSocketText(String message) {
    server.received(client, message.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
    var body = new byte[payload.remaining()];
    payload.get(body);
    callback.succeed();
    server.received(client, body);
  }

  @Override
  public void onWebSocketClose(int status, @Nullable String reason, Callback callback) {
    callback.succeed();
    server.closed(client, status, reason == null ? "" : reason);
  }
}
