package io.leadloom.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Measured times, gathered by many threads. */
final class Times {

  private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());

  void add(long measured) {
    nanos.add(measured);
  }

  int count() {
    return nanos.size();
  }

  /** The time in milliseconds that so many percent of all do not exceed (nearest rank). */
  double percentile(int percent) {
    var sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    var rank = (int) Math.ceil(percent / 100.0 * sorted.length);
    return sorted[Math.max(1, rank) - 1] / 1e6;
  }
}
