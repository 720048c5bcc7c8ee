package io.leadloom.local;

import io.leadloom.clock.StackClock;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.Assertions;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;

/** The toy template as a running stack, with clients for it. */
final class ToyStack implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  final Stack stack;
  final Map<String, String> environment = new ConcurrentHashMap<>();
  private final HttpClient http = HttpClient.newHttpClient();

  ToyStack(Path data, StackClock clock) {
    this(data, clock, "/toy/template.yaml");
  }

  /** Another template of the tests' resources. */
  ToyStack(Path data, StackClock clock, String template) {
    this(data, clock, template, Map.of());
  }

  ToyStack(Path data, StackClock clock, String template, Map<String, String> parameters) {
    stack =
        Stack.start(
            new StackOptions(
                resource(template),
                data,
                0,
                0,
                clock,
                parameters,
                (variables, ignored) -> environment.putAll(variables)));
  }

  private static Path resource(String name) {
    try {
      var resource = ToyStack.class.getResource(name);
      return Path.of(Objects.requireNonNull(resource).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A client of any service, pointed at the edge. */
  <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
    return client(builder, stack.awsUrl());
  }

  static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, URI url) {
    return builder
        .endpointOverride(url)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClient(Apache5HttpClient.create())
        .build();
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(stack.apiUrl().resolve(path));
  }

  /** Polls until the condition holds. */
  static void await(String what, BooleanSupplier condition) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        Assertions.fail("Not within " + PATIENCE + ": " + what);
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  @Override
  public void close() {
    stack.close();
  }
}
