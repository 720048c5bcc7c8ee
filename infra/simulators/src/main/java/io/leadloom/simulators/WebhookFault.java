package io.leadloom.simulators;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/** What the fault script lets go wrong with a webhook. */
enum WebhookFault {
  NONE,
  /** Sent twice, with the same id. */
  @JsonProperty("duplicate")
  DUPLICATE,
  /** Held back, so that later ones come first. */
  @JsonProperty("late")
  LATE,
  /** Signed for something else, or with a wrong password. Repeated properly afterwards. */
  @JsonProperty("bad-signature")
  BAD_SIGNATURE,
  /** Signed properly, but too long ago. Repeated properly afterwards. */
  @JsonProperty("stale")
  STALE;

  /** By how much a {@link #LATE} one comes late, by the clock. */
  static final Duration LATENESS = Duration.ofHours(1);

  /** How old a {@link #STALE} one is. */
  static final Duration STALENESS = Duration.ofMinutes(10);
}
