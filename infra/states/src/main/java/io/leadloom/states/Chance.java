package io.leadloom.states;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * The randomness of one evaluation. It depends on nothing but the seed, the execution and how far
 * the execution has come, so that the same run draws the same numbers whatever runs beside it.
 */
final class Chance {

  private final String origin;
  private int draws;

  Chance(long seed, String executionArn, int frame, int event) {
    this.origin = seed + "|" + executionArn + "|" + frame + "|" + event;
  }

  /** A number from 0 up to but excluding 1. */
  double number() {
    var bits = uuid();
    return new SplittableRandom(bits.getMostSignificantBits() ^ bits.getLeastSignificantBits())
        .nextDouble();
  }

  /** A version 4 UUID. */
  UUID uuid() {
    var hash = UUID.nameUUIDFromBytes((origin + "|" + draws++).getBytes(StandardCharsets.UTF_8));
    var high = (hash.getMostSignificantBits() & ~0xF000L) | 0x4000L;
    return new UUID(high, hash.getLeastSignificantBits());
  }
}
