package io.leadloom.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request to a provider.
 *
 * @param at when it came, by the clock of the stack
 * @param path the path at the vendor, decoded, with a leading slash
 * @param query the parameters of the query, decoded; of a repeated one the last counts
 * @param misbehaviour what the fault script wants the provider to do wrong, if it can
 */
record Call(
    Instant at,
    String provider,
    String method,
    String path,
    Map<String, String> query,
    Headers headers,
    byte[] body,
    @Nullable String misbehaviour) {

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.getFirst(name)).map(String::strip);
  }

  /** The token of an {@code Authorization: Bearer} header. */
  Optional<String> bearer() {
    return header("Authorization")
        .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
        .map(value -> value.substring(7).strip());
  }

  /** The body, if it is a JSON object. */
  Optional<JsonNode> json() {
    return Json.parse(body).filter(JsonNode::isObject);
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The same request to a provider that does something wrong. */
  Call misbehaving(@Nullable String how) {
    return new Call(at, provider, method, path, query, headers, body, how);
  }

  /** What the journal says about this request. */
  JournalLine line(Note note) {
    return new JournalLine(
        at,
        provider,
        method,
        path,
        note.idempotencyKey(),
        note.recipient(),
        note.lead(),
        note.effect());
  }
}
