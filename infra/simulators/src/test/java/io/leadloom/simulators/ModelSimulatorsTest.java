package io.leadloom.simulators;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSimulatorsTest {

  private static final String PROMPT =
      """
      Write a message of 60 to 80 words and answer with {"subject", "body"}.
      ```json
      {"company.name": "Blue Heron Builders", "contact": {"firstName": "Kim"},
       "permit.number": "P-77", "rule.citation": null}
      ```
      """;

  @TempDir Path data;
  private Bench bench;

  @BeforeEach
  void start() throws Exception {
    bench = new Bench(data);
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  void aDraftSaysTheFactsAndKeepsToItsLength() {
    var answer = bench.json(anthropic(anthropicRequest(PROMPT)));
    assertThat(answer.path("type").asText()).isEqualTo("message");
    assertThat(answer.path("stop_reason").asText()).isEqualTo("end_turn");
    var text = answer.path("content").path(0).path("text").asText();
    var body = parsed(text).path("body").asText();
    assertThat(body)
        .startsWith("Hello Kim,")
        .contains("Blue Heron Builders", "P-77")
        .doesNotContain("null");
    assertThat(body.split("\\s+").length).isBetween(60, 80);
    assertThat(answer.path("usage").path("input_tokens").asInt())
        .isEqualTo((PROMPT.length() + 3) / 4);
    assertThat(answer.path("usage").path("output_tokens").asInt())
        .isEqualTo((text.length() + 3) / 4);
  }

  @Test
  void allVendorsSayTheSame() {
    var said = bench.json(anthropic(anthropicRequest(PROMPT))).path("content").path(0).path("text");
    var openai = bench.json(openai(PROMPT));
    assertThat(openai.path("choices").path(0).path("message").path("content")).isEqualTo(said);
    assertThat(openai.path("choices").path(0).path("finish_reason").asText()).isEqualTo("stop");
    var request = Json.object();
    request
        .putArray("messages")
        .addObject()
        .put("role", "user")
        .putArray("content")
        .addObject()
        .put("text", PROMPT);
    var bedrock =
        bench.json(
            bench.exchange(
                bench
                    .request("/bedrock/model/some.model-v1%3A0/converse")
                    .header("Authorization", "AWS4-HMAC-SHA256 Credential=x")
                    .POST(BodyPublishers.ofByteArray(Json.bytes(request)))));
    assertThat(bedrock.path("output").path("message").path("content").path(0).path("text"))
        .isEqualTo(said);
    assertThat(bedrock.path("usage").path("totalTokens").asInt()).isPositive();
  }

  @Test
  void factsBetweenDataTagsAreFactsToo() {
    var prompt = "<data>\n{\"facts\":{\"permit.type\":\"Fire Alarm\"},\"other\":null}\n</data>";
    var answer = bench.json(openai(prompt));
    var message = parsed(answer.path("choices").path(0).path("message").path("content").asText());
    assertThat(message.path("subject").asText()).isEqualTo("Your Fire Alarm");
  }

  @Test
  void anAnswerFitsItsSchema() {
    var request = anthropicRequest("Classify this.");
    var schema = request.putObject("output_config").putObject("format").putObject("schema");
    schema.put("type", "object");
    var properties = schema.putObject("properties");
    properties.putObject("intent").putArray("enum").add("question").add("other");
    properties.putObject("sure").put("type", "number");
    var text = bench.json(anthropic(request)).path("content").path(0).path("text").asText();
    assertThat(parsed(text).path("intent").asText()).isEqualTo("question");
    assertThat(parsed(text).path("sure").isNumber()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "invented-fact, end_turn, 4711",
    "placeholder, end_turn, {{price}}",
    "refusal, refusal, cannot help",
    "truncated, max_tokens, Hello"
  })
  void aModelDoesWrongWhenTold(String fault, String stopReason, String says) {
    var script = Json.object().put("provider", "anthropic").put("draft", fault);
    bench.exchange(bench.request("/_faults").POST(BodyPublishers.ofByteArray(Json.bytes(script))));
    var wrong = bench.json(anthropic(anthropicRequest(PROMPT)));
    assertThat(wrong.path("stop_reason").asText()).isEqualTo(stopReason);
    var text = wrong.path("content").path(0).path("text").asText();
    assertThat(text).contains(says);
    if (fault.equals("truncated")) {
      assertThat(Json.parse(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
    var right = bench.json(anthropic(anthropicRequest(PROMPT)));
    assertThat(right.path("stop_reason").asText()).isEqualTo("end_turn");
  }

  @Test
  void wrongKeysAndRequestsGetTheVendorsErrors() {
    var noKey =
        bench.exchange(bench.request("/anthropic/v1/messages").POST(BodyPublishers.noBody()));
    assertThat(noKey.statusCode()).isEqualTo(401);
    assertThat(bench.json(noKey).path("error").path("type").asText())
        .isEqualTo("authentication_error");
    var incomplete = anthropicRequest(PROMPT);
    incomplete.remove("max_tokens");
    assertThat(anthropic(incomplete).statusCode()).isEqualTo(400);
    var wrong =
        bench.exchange(
            bench
                .request("/openai/v1/chat/completions")
                .header("Authorization", "Bearer sk-wrong")
                .POST(BodyPublishers.ofString("{}")));
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(bench.json(wrong).path("error").path("code").asText()).isEqualTo("invalid_api_key");
  }

  private static ObjectNode anthropicRequest(String prompt) {
    var request = Json.object().put("model", "claude-sonnet-5-5").put("max_tokens", 800);
    request.putArray("messages").addObject().put("role", "user").put("content", prompt);
    return request;
  }

  private HttpResponse<String> anthropic(JsonNode request) {
    return bench.exchange(
        bench
            .request("/anthropic/v1/messages")
            .header("x-api-key", SimulatedCredentials.anthropic(Bench.TENANT).apiKey())
            .header("anthropic-version", "2023-06-01")
            .POST(BodyPublishers.ofByteArray(Json.bytes(request))));
  }

  private HttpResponse<String> openai(String prompt) {
    var request = Json.object().put("model", "gpt-6-luna");
    request.putArray("messages").addObject().put("role", "user").put("content", prompt);
    return bench.exchange(
        bench
            .request("/openai/v1/chat/completions")
            .header("Authorization", "Bearer " + SimulatedCredentials.openai(Bench.TENANT).apiKey())
            .POST(BodyPublishers.ofByteArray(Json.bytes(request))));
  }

  private static JsonNode parsed(String text) {
    return Json.parse(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }
}
