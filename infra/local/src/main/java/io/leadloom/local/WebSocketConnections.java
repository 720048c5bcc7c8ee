package io.leadloom.local;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;

/** The open connections of the WebSocket API, by their ids. */
final class WebSocketConnections {

  /**
   * A client.
   *
   * @param client what was known of it when it connected
   */
  record Connection(Session session, WebSocketClient client, Instant lastActive) {}

  private final Map<String, Connection> open = new ConcurrentHashMap<>();
  private final Clock clock;

  WebSocketConnections(Clock clock) {
    this.clock = clock;
  }

  void add(WebSocketClient client, Session session) {
    open.put(client.connectionId(), new Connection(session, client, clock.instant()));
  }

  void remove(String id) {
    open.remove(id);
  }

  Optional<Connection> find(String id) {
    return Optional.ofNullable(open.get(id)).filter(found -> found.session().isOpen());
  }

  void active(String id) {
    open.computeIfPresent(
        id, (key, known) -> new Connection(known.session(), known.client(), clock.instant()));
  }

  /**
   * Sends data to a client, as text where it is text.
   *
   * @return when it is sent; empty when there is no such connection any more
   */
  Optional<CompletableFuture<?>> send(String id, byte[] data) {
    return find(id)
        .map(connection -> {
          active(id);
          var sent = new CompletableFuture<Object>();
          var callback = Callback.from(() -> sent.complete(data), sent::completeExceptionally);
          var text = Utf8.decode(data);
          if (text.isPresent()) {
            connection.session().sendText(text.get(), callback);
          } else {
            connection.session().sendBinary(ByteBuffer.wrap(data), callback);
          }
          return sent;
        });
  }

  /** Ends a connection; says whether there was one. */
  boolean close(String id) {
    var connection = find(id);
    connection.ifPresent(
        c -> c.session().close(StatusCode.NORMAL, "Connection Closed Normally", Callback.NOOP));
    return connection.isPresent();
  }
}
