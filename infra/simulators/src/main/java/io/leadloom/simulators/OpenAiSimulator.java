package io.leadloom.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI: {@code POST /v1/chat/completions}, without streaming and tools. See {@link ModelAnswer}.
 */
final class OpenAiSimulator implements Provider {

  @Override
  public Answer handle(Call call) {
    if (call.bearer().flatMap(key -> SimulatedCredentials.tenantOf("sk", key)).isEmpty()) {
      throw refusal(401, "Incorrect API key provided.", "invalid_api_key");
    }
    if (!call.path().equals("/v1/chat/completions") || !call.method().equals("POST")) {
      throw refusal(
          404, "Unknown request URL: " + call.method() + " " + call.path(), "unknown_url");
    }
    var body =
        call.json()
            .orElseThrow(
                () -> refusal(400, "We could not parse the JSON body of your request.", null));
    check(body);
    var prompt = Prompt.of(Json.MAPPER.nullNode(), body.path("messages"));
    var answer = ModelAnswer.to(prompt, schema(body), call.misbehaviour());
    var id = Dice.of(0, "openai", prompt, answer.text()).hex(24);
    return Answer.json(200, completion(call, body, prompt, answer).put("id", "chatcmpl-" + id))
        .with("x-request-id", "req_" + id);
  }

  @Override
  public Answer tooManyRequests() {
    return error(429, "Rate limit reached for requests", "requests", "rate_limit_exceeded")
        .with("retry-after", "1");
  }

  private static void check(JsonNode body) {
    if (!body.path("model").isTextual()) {
      throw refusal(400, "you must provide a model parameter", null);
    }
    if (!body.path("messages").isArray() || body.path("messages").isEmpty()) {
      throw refusal(400, "Missing required parameter: 'messages'.", "missing_required_parameter");
    }
    if (body.path("stream").asBoolean()) {
      throw refusal(400, "'stream' is not played by this simulator", "unsupported_parameter");
    }
  }

  private static @Nullable JsonNode schema(JsonNode body) {
    var schema = body.path("response_format").path("json_schema").path("schema");
    return schema.isObject() ? schema : null;
  }

  private static ObjectNode completion(
      Call call, JsonNode body, String prompt, ModelAnswer answer) {
    var completion =
        Json.object()
            .put("object", "chat.completion")
            .put("created", call.at().getEpochSecond())
            .put("model", body.path("model").asText());
    var choice = completion.putArray("choices").addObject().put("index", 0);
    var message = choice.putObject("message").put("role", "assistant");
    if (answer.end() == ModelAnswer.End.REFUSED) {
      message.putNull("content").put("refusal", answer.text());
    } else {
      message.put("content", answer.text()).putNull("refusal");
    }
    choice.putNull("logprobs");
    choice.put("finish_reason", answer.end() == ModelAnswer.End.CUT_OFF ? "length" : "stop");
    var input = ModelAnswer.tokens(prompt);
    var output = ModelAnswer.tokens(answer.text());
    var usage =
        completion
            .putObject("usage")
            .put("prompt_tokens", input)
            .put("completion_tokens", output)
            .put("total_tokens", input + output);
    usage.putObject("prompt_tokens_details").put("cached_tokens", 0);
    usage.putObject("completion_tokens_details").put("reasoning_tokens", 0);
    return completion;
  }

  private static Refusal refusal(int status, String message, @Nullable String code) {
    return new Refusal(error(status, message, "invalid_request_error", code));
  }

  private static Answer error(int status, String message, String type, @Nullable String code) {
    var answer = Json.object();
    answer
        .putObject("error")
        .put("message", message)
        .put("type", type)
        .putNull("param")
        .put("code", code);
    return Answer.json(status, answer);
  }
}
