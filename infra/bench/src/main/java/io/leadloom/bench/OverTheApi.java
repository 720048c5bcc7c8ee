package io.leadloom.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.clock.StackClock;
import io.leadloom.local.Stack;
import io.leadloom.local.StackOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** The local stack's AWS endpoint, called as a client calls it: by HTTP, with JSON 1.0. */
final class OverTheApi implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final StackClock clock = StackClock.real();
  private final Stack stack;
  private final StatesClient client = new StatesClient(this::call);

  private OverTheApi(Path folder) throws IOException {
    Files.createDirectories(folder);
    var template = folder.resolve("template.yaml");
    try (var text = Objects.requireNonNull(OverTheApi.class.getResourceAsStream("template.yaml"))) {
      Files.copy(text, template);
    }
    this.stack =
        Stack.start(
            new StackOptions(
                template, folder.resolve("data"), 0, 0, clock, Map.of(), (variables, c) -> {}));
  }

  static OverTheApi open(Path folder) {
    try {
      return new OverTheApi(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + folder + " cannot be written to", e);
    }
  }

  Measurement sequential(int steps, int executions) {
    var machine = client.create("passes", Chain.of(steps, state -> state.put("Type", "Pass")));
    return client.sequential(machine, "{}", steps, executions);
  }

  private JsonNode call(String action, JsonNode request) {
    var post =
        HttpRequest.newBuilder(stack.awsUrl())
            .header("X-Amz-Target", "AWSStepFunctions." + action)
            .header("Content-Type", "application/x-amz-json-1.0")
            .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
            .build();
    try {
      var response = http.send(post, HttpResponse.BodyHandlers.ofByteArray());
      var answer = JSON.readTree(response.body());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(action + " was refused: " + answer);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for " + action, e);
    }
  }

  @Override
  public void close() {
    stack.close();
    http.close();
    clock.close();
  }
}
