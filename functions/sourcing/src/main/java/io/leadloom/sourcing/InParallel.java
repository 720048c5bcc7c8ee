package io.leadloom.sourcing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;

/** Does things at the same time of which none minds the others: calls of the table, mostly. */
final class InParallel {

  /** Enough to wait for the table all the time; more would keep others waiting for it. */
  private static final int AT_ONCE = 4;

  private static final ThreadFactory THREADS = Thread.ofVirtual().name("import-", 0).factory();

  private InParallel() {}

  /** Does them all and answers in their order; the first fault of any is thrown, once all ended. */
  static <T> List<T> all(List<? extends Callable<T>> things) {
    try (var threads = Executors.newFixedThreadPool(AT_ONCE, THREADS)) {
      var results = new ArrayList<T>();
      for (var thing : threads.invokeAll(things)) {
        results.add(result(thing));
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("An import was interrupted", e);
    }
  }

  private static <T> T result(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
