package io.leadloom.notifications;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Calls addresses that tenants gave us, of which nothing good is assumed: it goes where {@link
 * Targets} lets it, follows no redirects, keeps no cookies, waits 15 s in all, and reads no more
 * than the beginning of the answer.
 */
@Singleton
final class EndpointHttp {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration IN_ALL = Duration.ofSeconds(15);
  private static final int EXCERPT = 500;
  private static final int MOST_AT_ONCE = 50;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("webhook-deadlines").factory());
  private final CloseableHttpClient client;
  private final Clock clock;
  private final Duration patience;

  /** Waits as long as it is told above. */
  @Inject
  EndpointHttp(Targets targets, Clock clock) {
    this(targets, clock, IN_ALL);
  }

  EndpointHttp(Targets targets, Clock clock, Duration patience) {
    this.clock = clock;
    this.patience = patience;
    var timeout = Timeout.of(patience);
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(targets)
                    .setMaxConnTotal(MOST_AT_ONCE)
                    .setMaxConnPerRoute(MOST_AT_ONCE)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(Timeout.of(CONNECT))
                            .setSocketTimeout(timeout)
                            .build())
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(timeout)
                    .setResponseTimeout(timeout)
                    .setProtocolUpgradeEnabled(false)
                    .build())
            .setUserAgent("Leadloom/0.1 (+https://leadloom.example/webhooks)")
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .build();
  }

  /** Makes one attempt. */
  Reaction post(String url, Map<String, String> headers, byte[] body) {
    var request = new HttpPost(URI.create(url));
    headers.forEach(request::setHeader);
    request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
    var late = new AtomicBoolean();
    var deadline =
        timer.schedule(
            () -> {
              late.set(true);
              request.abort();
            },
            patience.toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      var response = client.executeOpen(null, request, null);
      return new Reaction.Answered(response.getCode(), retryAfter(response), excerpt(response));
    } catch (IOException e) {
      return new Reaction.Silent(late.get() ? "timeout" : problem(e));
    } finally {
      deadline.cancel(false);
      // Closing the answer would read it to its end, which there may be none of.
      request.abort();
    }
  }

  @PreDestroy
  void close() throws IOException {
    timer.shutdownNow();
    client.close();
  }

  private static String problem(IOException e) {
    return switch (e) {
      case Targets.NotPublicException _ -> "host.not-public";
      case UnknownHostException _ -> "host.unknown";
      case SSLException _ -> "tls";
      case SocketTimeoutException _ -> "timeout";
      case ConnectException _ -> "connection.refused";
      default -> "connection.broken";
    };
  }

  private static String excerpt(ClassicHttpResponse response) {
    var entity = response.getEntity();
    if (entity == null) {
      return "";
    }
    try {
      var bytes = entity.getContent().readNBytes(EXCERPT);
      return new String(bytes, StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}\uFFFD]+", " ");
    } catch (IOException e) {
      // The status is the answer; what else there was is for curiosity.
      return "";
    }
  }

  private Duration retryAfter(ClassicHttpResponse response) {
    var header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
    return header == null ? Duration.ZERO : retryAfter(header.getValue(), clock.instant());
  }

  /** What {@code Retry-After} asks for, in seconds or as a date; zero where it makes no sense. */
  static Duration retryAfter(String text, Instant now) {
    if (text.matches("[0-9]{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    try {
      var until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }

  /** What came of an attempt. */
  sealed interface Reaction {

    /**
     * The endpoint answered.
     *
     * @param retryAfter how long it asked to be left alone
     * @param excerpt the beginning of what it said
     */
    record Answered(int status, Duration retryAfter, String excerpt) implements Reaction {}

    /**
     * It did not answer.
     *
     * @param problem code of what went wrong
     */
    record Silent(String problem) implements Reaction {}
  }
}
