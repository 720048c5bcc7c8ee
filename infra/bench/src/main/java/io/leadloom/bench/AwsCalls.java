package io.leadloom.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Step Functions at an address, called as a client calls it: by HTTP, with JSON 1.0. */
final class AwsCalls implements StatesClient.Calls, AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI aws;

  AwsCalls(URI aws) {
    this.aws = aws;
  }

  @Override
  public JsonNode call(String action, JsonNode request) {
    var post =
        HttpRequest.newBuilder(aws)
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
    http.close();
  }
}
