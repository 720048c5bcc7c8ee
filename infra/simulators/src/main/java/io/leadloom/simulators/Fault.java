package io.leadloom.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the fault script. For requests to a provider:
 *
 * @param provider whose requests, or whose webhooks
 * @param path the beginning of the vendor's path; all paths if absent
 * @param after how many matching requests pass before it begins
 * @param times how many requests it strikes; 1 if absent
 * @param status answered instead of being handled
 * @param headers of that answer
 * @param body of that answer; a string is sent as it is
 * @param drop whether the connection is closed without an answer after the request was handled
 * @param truncate whether only half of the answer's body is sent
 * @param extra whether a JSON object is answered with members nobody knows
 * @param delayMillis how long the answer is held back, in real time
 * @param perSecond the most requests in one second of the clock; the rest get the vendor's own
 *     answer to that, and the entry never wears out
 * @param draft what a model does wrong: {@code invented-fact}, {@code placeholder}, {@code refusal}
 *     or {@code truncated}
 * @param webhook what goes wrong with a webhook instead; then {@code path} is not looked at
 * @param type the webhook's type; all types if absent
 */
record Fault(
    String provider,
    @Nullable String path,
    int after,
    @Nullable Integer times,
    @Nullable Integer status,
    @Nullable Map<String, String> headers,
    @Nullable JsonNode body,
    boolean drop,
    boolean truncate,
    boolean extra,
    long delayMillis,
    @Nullable Integer perSecond,
    @Nullable String draft,
    @Nullable WebhookFault webhook,
    @Nullable String type) {

  boolean strikes(Call call) {
    return webhook == null
        && provider.equals(call.provider())
        && (path == null || call.path().startsWith(path));
  }

  boolean strikes(Reaction reaction) {
    return webhook != null
        && provider.equals(reaction.provider())
        && (type == null || type.equals(reaction.type()));
  }

  int strength() {
    return times == null ? 1 : times;
  }

  /** What becomes of the body of an answer on its way. */
  byte[] spoiled(byte[] sent) {
    var spoiled = sent;
    if (extra && Json.parse(sent).orElse(null) instanceof ObjectNode object) {
      object.putObject("member_of_tomorrow").put("unknown", true);
      spoiled = Json.bytes(object);
    }
    return truncate ? Arrays.copyOf(spoiled, spoiled.length / 2) : spoiled;
  }

  /** The answer that takes the place of the provider's. */
  Optional<Answer> answer() {
    if (status == null) {
      return Optional.empty();
    }
    var content =
        body == null
            ? new byte[0]
            : body.isTextual() ? body.asText().getBytes(StandardCharsets.UTF_8) : Json.bytes(body);
    var answer =
        new Answer(status, Map.of("Content-Type", "application/json"), content, Note.NOTHING);
    if (headers != null) {
      for (var header : headers.entrySet()) {
        answer = answer.with(header.getKey(), header.getValue());
      }
    }
    return Optional.of(answer);
  }
}
