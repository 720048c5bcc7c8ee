package io.leadloom.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Anthropic: {@code POST /v1/messages}, without streaming and tools. See {@link ModelAnswer}. */
final class AnthropicSimulator implements Provider {

  @Override
  public Answer handle(Call call) {
    var known =
        call.header("x-api-key")
            .flatMap(key -> SimulatedCredentials.tenantOf("sk-ant", key))
            .isPresent();
    if (!known) {
      throw refusal(401, "authentication_error", "invalid x-api-key");
    }
    if (!call.path().equals("/v1/messages") || !call.method().equals("POST")) {
      throw refusal(404, "not_found_error", "Not found");
    }
    if (call.header("anthropic-version").isEmpty()) {
      throw invalid("anthropic-version: header is required");
    }
    var body = call.json().orElseThrow(() -> invalid("The request body is not a JSON object"));
    check(body);
    var prompt = Prompt.of(body.path("system"), body.path("messages"));
    var answer = ModelAnswer.to(prompt, schema(body), call.misbehaviour());
    var id = Dice.of(0, "anthropic", prompt, answer.text()).hex(24);
    return Answer.json(200, message(body, prompt, answer).put("id", "msg_01" + id))
        .with("request-id", "req_01" + id);
  }

  @Override
  public Answer tooManyRequests() {
    return error(429, "rate_limit_error", "This request would exceed your rate limit.")
        .with("retry-after", "1");
  }

  private static void check(JsonNode body) {
    if (!body.path("model").isTextual()) {
      throw invalid("model: Field required");
    }
    if (!body.path("max_tokens").isInt() || body.path("max_tokens").asInt() < 1) {
      throw invalid("max_tokens: Field required");
    }
    if (!body.path("messages").isArray() || body.path("messages").isEmpty()) {
      throw invalid("messages: at least one message is required");
    }
    if (body.path("stream").asBoolean()) {
      throw invalid("stream: not played by this simulator");
    }
  }

  private static @Nullable JsonNode schema(JsonNode body) {
    var schema = body.path("output_config").path("format").path("schema");
    return schema.isObject() ? schema : null;
  }

  private static ObjectNode message(JsonNode body, String prompt, ModelAnswer answer) {
    var message =
        Json.object()
            .put("type", "message")
            .put("role", "assistant")
            .put("model", body.path("model").asText());
    message.putArray("content").addObject().put("type", "text").put("text", answer.text());
    message.put(
        "stop_reason",
        switch (answer.end()) {
          case DONE -> "end_turn";
          case CUT_OFF -> "max_tokens";
          case REFUSED -> "refusal";
        });
    message.putNull("stop_sequence");
    message
        .putObject("usage")
        .put("input_tokens", ModelAnswer.tokens(prompt))
        .put("output_tokens", ModelAnswer.tokens(answer.text()))
        .put("cache_creation_input_tokens", 0)
        .put("cache_read_input_tokens", 0)
        .put("service_tier", "standard");
    return message;
  }

  private static Refusal invalid(String message) {
    return refusal(400, "invalid_request_error", message);
  }

  private static Refusal refusal(int status, String type, String message) {
    return new Refusal(error(status, type, message));
  }

  private static Answer error(int status, String type, String message) {
    var error = Json.object().put("type", "error");
    error.putObject("error").put("type", type).put("message", message);
    error.put("request_id", "req_" + Dice.of(0, type, message).hex(24));
    return Answer.json(status, error);
  }
}
