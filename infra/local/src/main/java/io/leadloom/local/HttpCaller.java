package io.leadloom.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** The HTTP client with which the stack reaches its embedded servers. */
final class HttpCaller implements AutoCloseable {

  /** Longer than any call that is meant to wait. */
  private static final Duration TIMEOUT = Duration.ofSeconds(70);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  HttpResponse<byte[]> send(String method, URI url, Map<String, String> headers, byte[] body) {
    var request =
        HttpRequest.newBuilder(url)
            .timeout(TIMEOUT)
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + url + " failed: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(method + " " + url + " was interrupted", e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
