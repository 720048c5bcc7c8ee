package io.leadloom.platform;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.leadloom.model.fault.TransientException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Calls third parties over HTTP. It does not repeat a call: the state machine or the queue behind
 * the caller does, with backoff. A provider that keeps failing is left alone for half a minute; one
 * that keeps a single tenant to its limit is not failing.
 */
@Singleton
public final class ProviderHttp {

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final int MAX_BODY = 5_000_000;
  private static final String LIMITED = "provider.limited";

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1)
          .build();
  private final CircuitBreakerRegistry breakers;

  ProviderHttp(Clock clock) {
    this.breakers =
        CircuitBreakerRegistry.of(
            CircuitBreakerConfig.custom()
                .clock(clock)
                .currentTimestampFunction(Clock::millis, TimeUnit.MILLISECONDS)
                .recordException(ProviderHttp::isFailure)
                .slidingWindowSize(20)
                .minimumNumberOfCalls(20)
                .failureRateThreshold(50)
                .permittedNumberOfCallsInHalfOpenState(1)
                .waitDurationInOpenState(Duration.ofSeconds(30))
                .build());
  }

  /**
   * Makes a call. Every HTTP status is an answer, for the caller to understand, except that 429 and
   * 5xx of a call that {@link Call#repeatable} become a {@link TransientException}.
   *
   * @throws TransientException where nothing can have happened at the provider (it could not be
   *     reached), or the call is repeatable and was not answered
   * @throws UnknownOutcomeException where the call is not repeatable and whether it took effect is
   *     unknown
   */
  public Answer send(Call call) {
    try {
      return breakers.circuitBreaker(call.provider()).executeSupplier(() -> exchange(call));
    } catch (CallNotPermittedException e) {
      throw new TransientException(
          "provider.resting", call.provider() + " kept failing and is left alone for a while", e);
    }
  }

  private Answer exchange(Call call) throws UnknownOutcomeException {
    var request =
        HttpRequest.newBuilder(call.uri())
            .timeout(call.timeout())
            .method(call.method(), HttpRequest.BodyPublishers.ofByteArray(call.body()));
    call.headers().forEach(request::header);
    request.header("user-agent", "Leadloom/0.1 (+https://leadloom.example/bot)");
    try {
      var response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      if (response.body().length > MAX_BODY) {
        throw new TransientException("provider.oversized", call.provider() + " answered too much");
      }
      var answer = new Answer(response.statusCode(), response.headers().map(), response.body());
      if (call.repeatable() && (answer.status() == 429 || answer.status() >= 500)) {
        throw new TransientException(
            answer.status() == 429 ? LIMITED : "provider.busy",
            call.provider() + " answered " + answer.status());
      }
      return answer;
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw new TransientException(
          "provider.unreachable", call.provider() + " cannot be reached", e);
    } catch (IOException e) {
      if (call.repeatable()) {
        throw new TransientException("provider.silent", call.provider() + " did not answer", e);
      }
      throw new UnknownOutcomeException(call.provider(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientException("call.interrupted", "A call was interrupted", e);
    }
  }

  private static boolean isFailure(Throwable thrown) {
    return thrown instanceof UnknownOutcomeException
        || (thrown instanceof TransientException fault && !fault.code().equals(LIMITED));
  }

  /**
   * A call to make.
   *
   * @param repeatable whether making it twice does no harm: a read, or a write with an idempotency
   *     key
   */
  public record Call(
      String provider,
      String method,
      URI uri,
      Map<String, String> headers,
      byte[] body,
      boolean repeatable,
      Duration timeout) {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** A read. */
    public static Call get(String provider, URI uri, Map<String, String> headers) {
      return new Call(provider, "GET", uri, headers, new byte[0], true, TIMEOUT);
    }

    /** A POST of a JSON document. */
    public static Call post(
        String provider, URI uri, Map<String, String> headers, Object json, boolean repeatable) {
      var all = new java.util.HashMap<>(headers);
      all.put("content-type", "application/json");
      return new Call(provider, "POST", uri, all, Json.bytes(json), repeatable, TIMEOUT);
    }
  }

  /** A provider's answer. */
  public record Answer(int status, Map<String, java.util.List<String>> headers, byte[] body) {

    /** Whether the status is one of success. */
    public boolean ok() {
      return status / 100 == 2;
    }

    /** The body as JSON; an empty tree where it is none. */
    public JsonNode json() {
      try {
        return Json.mapper().readTree(body);
      } catch (IOException e) {
        return Json.mapper().createObjectNode();
      }
    }
  }
}
