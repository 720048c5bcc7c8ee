package io.leadloom.platform;

import io.leadloom.model.DeliveryId;
import io.leadloom.model.TenantId;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * What the console's forms are sent to that replay a delivery. The token in it comes from the page
 * alone, so that no other site can send the form.
 */
@Singleton
public final class WebhookReplayLinks {

  private static final String USE = "webhook-replay";
  private static final Duration GOOD_FOR = Duration.ofHours(1);

  private final SignedTokens tokens;
  private final Clock clock;

  WebhookReplayLinks(SignedTokens tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /** Path and query of the form of one delivery. */
  public String of(TenantId tenant, DeliveryId delivery) {
    return "/webhooks/replay?t="
        + tokens.sign(USE, clock.instant().plus(GOOD_FOR), tenant.value(), delivery.value());
  }

  /** What a token is for; nothing where it is forged or expired. */
  public Optional<Replay> verify(String token) {
    return tokens
        .verify(USE, token)
        .map(ids -> new Replay(TenantId.of(ids.get(0)), DeliveryId.of(ids.get(1))));
  }

  /** The delivery that is to be replayed. */
  public record Replay(TenantId tenant, DeliveryId delivery) {}
}
