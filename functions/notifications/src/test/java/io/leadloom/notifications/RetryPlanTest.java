package io.leadloom.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.model.EndpointId;
import io.leadloom.model.EventType;
import io.leadloom.model.WebhookDelivery;
import io.leadloom.model.WebhookEndpoint;
import io.leadloom.testkit.TestClock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetryPlanTest {

  private static final WebhookEndpoint ENDPOINT =
      WebhookEndpoint.made(
          EndpointId.of("e"), "https://acme.example/", Set.of(), null, TestClock.START);

  @Test
  void thereAreTenAttemptsInSome75Hours() {
    var delivery = delivery("event-1");
    var all = Duration.ZERO;
    for (var number = 1; number <= 9; number++) {
      all = all.plus(RetryPlan.next(delivery, number, Duration.ZERO).orElseThrow());
    }
    assertThat(RetryPlan.next(delivery, 10, Duration.ZERO)).isEmpty();
    assertThat(all).isBetween(Duration.ofHours(71), Duration.ofHours(80));
  }

  @Test
  void whatFailedTogetherDoesNotComeBackTogether() {
    var waits = new HashSet<Duration>();
    for (var i = 0; i < 100; i++) {
      waits.add(RetryPlan.next(delivery("event-" + i), 2, Duration.ZERO).orElseThrow());
    }
    assertThat(waits)
        .hasSizeGreaterThan(90)
        .allSatisfy(
            wait -> assertThat(wait).isBetween(Duration.ofSeconds(285), Duration.ofSeconds(315)));
  }

  @Test
  void anEndpointIsLeftAloneForAsLongAsItAsksUpToADay() {
    var delivery = delivery("event-1");
    assertThat(RetryPlan.next(delivery, 1, Duration.ofMinutes(10)))
        .contains(Duration.ofMinutes(10));
    assertThat(RetryPlan.next(delivery, 1, Duration.ofDays(400))).contains(Duration.ofDays(1));
    assertThat(RetryPlan.next(delivery, 5, Duration.ofSeconds(1)).orElseThrow())
        .isGreaterThan(Duration.ofHours(4));
  }

  private static WebhookDelivery delivery(String event) {
    return WebhookDelivery.of(event, EventType.LEAD_CREATED, "{}", ENDPOINT, TestClock.START);
  }
}
