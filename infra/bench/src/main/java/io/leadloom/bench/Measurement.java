package io.leadloom.bench;

/**
 * What a run took.
 *
 * @param steps of all executions together
 * @param nanos from the first start to the last end
 */
record Measurement(int executions, long steps, long nanos) {

  double seconds() {
    return nanos / 1e9;
  }

  double millisPerStep() {
    return nanos / 1e6 / steps;
  }

  double stepsPerSecond() {
    return steps / seconds();
  }
}
