package io.leadloom.states;

import java.util.stream.LongStream;

/** The numbers of {@code States.ArrayRange} and {@code $range}. */
final class Ranges {

  private static final int LIMIT = 1000;

  private Ranges() {}

  /**
   * The numbers from first to last, both included, by steps.
   *
   * @throws IllegalArgumentException when the step is 0 or there are more than 1000 numbers
   */
  static LongStream of(long first, long last, long step) {
    if (step == 0) {
      throw new IllegalArgumentException("The step of a range must not be 0");
    }
    var count = Math.max(0, Math.floorDiv(last - first, step) + 1);
    if (count > LIMIT) {
      throw new IllegalArgumentException("A range must not hold more than " + LIMIT + " numbers");
    }
    return LongStream.range(0, count).map(i -> first + i * step);
  }
}
