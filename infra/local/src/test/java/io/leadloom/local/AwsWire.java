package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A client that sees what is on the wire, and may send what no SDK would. */
final class AwsWire {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI url;

  record Answer(int status, HttpHeaders headers, JsonNode body) {

    String error() {
      return body.path("__type").asText();
    }

    String message() {
      return body.path("message").asText();
    }
  }

  AwsWire(URI url) {
    this.url = url;
  }

  URI url() {
    return url;
  }

  /** Calls an action of Step Functions. */
  Answer send(String action, byte[] body) {
    var request =
        HttpRequest.newBuilder(url)
            .header("X-Amz-Target", "AWSStepFunctions." + action)
            .header("Content-Type", "application/x-amz-json-1.0")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      var response = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), response.headers(), Json.parse(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Answer send(String action, JsonNode request) {
    return send(action, Json.bytes(request));
  }

  /**
   * Calls an action of Step Functions.
   *
   * @throws AwsException when it is refused
   */
  JsonNode states(String action, JsonNode request) {
    var answer = send(action, request);
    if (answer.status() != 200) {
      throw new AwsException(answer.error(), answer.status(), answer.message());
    }
    return answer.body();
  }
}
