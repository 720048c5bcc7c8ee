package io.leadloom.local;

import io.leadloom.local.template.HttpApiResource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The token bucket by which API Gateway throttles a route; it fills by the stack's clock. */
final class TokenBucket {

  private final HttpApiResource.Throttle limit;
  private final Clock clock;
  private double tokens;
  private Instant filled;

  TokenBucket(HttpApiResource.Throttle limit, Clock clock) {
    this.limit = limit;
    this.clock = clock;
    this.tokens = limit.burst();
    this.filled = clock.instant();
  }

  /** Whether there is a token for one more request. */
  synchronized boolean take() {
    var now = clock.instant();
    var seconds = Duration.between(filled, now).toNanos() / 1e9;
    tokens = Math.min(limit.burst(), tokens + seconds * limit.rate());
    filled = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
