package io.leadloom.local;

import io.leadloom.clock.StackClock;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what is under way in the stack, and holds the clock for it. */
final class Work {

  private final StackClock clock;
  private final AtomicInteger pieces = new AtomicInteger();

  Work(StackClock clock) {
    this.clock = clock;
  }

  /** A piece of work that is under way until it is closed. */
  Piece begin() {
    pieces.incrementAndGet();
    return new Piece(clock.hold());
  }

  boolean idle() {
    return pieces.get() == 0;
  }

  final class Piece implements AutoCloseable {
    private final StackClock.Hold hold;
    private boolean done;

    private Piece(StackClock.Hold hold) {
      this.hold = hold;
    }

    @Override
    public synchronized void close() {
      if (!done) {
        done = true;
        hold.close();
        pieces.decrementAndGet();
      }
    }
  }
}
