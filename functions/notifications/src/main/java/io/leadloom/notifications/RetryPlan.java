package io.leadloom.notifications;

import io.leadloom.model.Ids;
import io.leadloom.model.WebhookDelivery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When the next attempt is due: ten in some 75 hours, as Standard Webhooks 1.0.0 suggests, each
 * wait up to 5 % shorter or longer so that what failed together does not come back together.
 */
final class RetryPlan {

  private static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  /** The most that an endpoint can ask to be left alone. */
  private static final Duration LONGEST = Duration.ofHours(24);

  private RetryPlan() {}

  /**
   * The wait before the next attempt; nothing after the last one.
   *
   * @param number of the attempt that failed, from 1
   * @param asked how long the endpoint asked to be left alone
   */
  static Optional<Duration> next(WebhookDelivery delivery, int number, Duration asked) {
    if (number > WAITS.size()) {
      return Optional.empty();
    }
    var planned = WAITS.get(number - 1).toMillis() * jitter(delivery, number);
    var wait = Duration.ofMillis(Math.round(planned));
    var heeded = asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    return Optional.of(heeded.compareTo(wait) > 0 ? heeded : wait);
  }

  /** From 0.95 to 1.05, the same each time for the same attempt. */
  private static double jitter(WebhookDelivery delivery, int number) {
    var hash = Ids.hash(delivery.id().value(), Integer.toString(number)).substring(0, 8);
    return 0.95 + 0.1 * (Long.parseLong(hash, 16) / (double) (1L << 32));
  }
}
