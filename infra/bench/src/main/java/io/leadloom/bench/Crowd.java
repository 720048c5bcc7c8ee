package io.leadloom.bench;

import java.time.Duration;

/**
 * How much load there is.
 *
 * @param perSecond requests of each quiet tenant
 * @param times how many times as many the noisy one sends
 * @param rows of its import
 */
record Crowd(double perSecond, int times, int rows, Duration warmUp, Duration measured) {

  static final Crowd FULL = new Crowd(2, 20, 3_000, Duration.ofSeconds(30), Duration.ofSeconds(60));

  static final Crowd SMALL = new Crowd(2, 5, 10, Duration.ofSeconds(1), Duration.ofSeconds(2));
}
