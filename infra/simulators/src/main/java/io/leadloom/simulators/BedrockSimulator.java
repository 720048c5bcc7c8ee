package io.leadloom.simulators;

import java.util.regex.Pattern;

/**
 * Amazon Bedrock: {@code POST /model/<model id>/converse}, without tools. The signature is looked
 * at, but not checked. See {@link ModelAnswer}.
 */
final class BedrockSimulator implements Provider {

  private static final Pattern CONVERSE = Pattern.compile("/model/.+/converse");

  @Override
  public Answer handle(Call call) {
    if (!CONVERSE.matcher(call.path()).matches() || !call.method().equals("POST")) {
      throw refusal(404, "ResourceNotFoundException", "No such operation: " + call.path());
    }
    if (!call.header("Authorization").orElse("").matches("(AWS4-HMAC-SHA256|Bearer) .+")) {
      throw refusal(403, "AccessDeniedException", "Missing Authentication Token");
    }
    var body =
        call.json()
            .orElseThrow(() -> refusal(400, "ValidationException", "The body is no JSON object"));
    if (!body.path("messages").isArray() || body.path("messages").isEmpty()) {
      throw refusal(400, "ValidationException", "A conversation must start with a user message.");
    }
    var prompt = Prompt.of(body.path("system"), body.path("messages"));
    var answer = ModelAnswer.to(prompt, null, call.misbehaviour());
    var input = ModelAnswer.tokens(prompt);
    var output = ModelAnswer.tokens(answer.text());
    var json = Json.object();
    json.putObject("output")
        .putObject("message")
        .put("role", "assistant")
        .putArray("content")
        .addObject()
        .put("text", answer.text());
    json.put(
        "stopReason",
        switch (answer.end()) {
          case DONE -> "end_turn";
          case CUT_OFF -> "max_tokens";
          case REFUSED -> "content_filtered";
        });
    json.putObject("usage")
        .put("inputTokens", input)
        .put("outputTokens", output)
        .put("totalTokens", input + output)
        .put("cacheReadInputTokens", 0)
        .put("cacheWriteInputTokens", 0);
    json.putObject("metrics").put("latencyMs", 1);
    return Answer.json(200, json);
  }

  @Override
  public Answer tooManyRequests() {
    return error(429, "ThrottlingException", "Too many requests, please wait before trying again.");
  }

  private static Refusal refusal(int status, String type, String message) {
    return new Refusal(error(status, type, message));
  }

  private static Answer error(int status, String type, String message) {
    return Answer.json(status, Json.object().put("message", message))
        .with("x-amzn-ErrorType", type);
  }
}
