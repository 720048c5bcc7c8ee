package io.leadloom.bench;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Begins requests at a steady rate, whether or not those before are answered, as many independent
 * callers would. A time counts from when its request was due: what a slow answer or a late thread
 * keeps from being sent is not left out.
 */
final class OpenLoop {

  private OpenLoop() {}

  /**
   * Begins requests until the time is over.
   *
   * @param first after how much of the first interval the first one is due, from 0 to 1
   * @param request is given when it was due, in terms of {@link System#nanoTime()}
   */
  static void run(
      double perSecond,
      double first,
      Duration length,
      ExecutorService threads,
      LongConsumer request) {
    var interval = 1e9 / perSecond;
    var begin = System.nanoTime();
    var count = (long) (length.toNanos() / interval);
    for (long i = 0; i < count; i++) {
      var due = begin + (long) ((i + first) * interval);
      for (var left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      threads.execute(() -> request.accept(due));
    }
  }
}
