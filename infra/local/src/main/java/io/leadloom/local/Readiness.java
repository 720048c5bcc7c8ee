package io.leadloom.local;

import io.leadloom.clock.StackClock;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the thread of a reader when there may be something to read, and holds the clock from then
 * on until the thread has found that there is nothing left.
 */
final class Readiness implements AutoCloseable {

  private final StackClock clock;
  private final Work work;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Work.@Nullable Piece busy;
  private StackClock.@Nullable Timer alarm;
  private boolean mayHoldMore = true;
  private boolean closed;

  Readiness(StackClock clock, Work work) {
    this.clock = clock;
    this.work = work;
  }

  /** Says that there may be something to read, or that something is due. */
  void wake() {
    lock.lock();
    try {
      mayHoldMore = true;
      if (busy == null && !closed) {
        busy = work.begin();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Wakes at an instant, and no longer at any that was named before. */
  void wakeAt(Instant due) {
    lock.lock();
    try {
      cancelAlarm();
      alarm = closed ? null : clock.schedule(due, this::wake);
    } finally {
      lock.unlock();
    }
  }

  /** Takes back what {@link #wakeAt} was told, so that the clock need not stop there. */
  void cancelAlarm() {
    lock.lock();
    try {
      if (alarm != null) {
        alarm.cancel();
        alarm = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there may be something to read; false when closed. */
  boolean await() {
    return await(() -> true);
  }

  /**
   * Waits until there may be something to read, and the reader is able to. While only the latter is
   * waited for, the clock stays held: whoever makes the reader able again says so by {@link #wake}.
   *
   * @return false when closed
   */
  boolean await(BooleanSupplier able) {
    lock.lock();
    try {
      while (!closed && !(mayHoldMore && able.getAsBoolean())) {
        if (busy != null && !mayHoldMore) {
          busy.close();
          busy = null;
        }
        changed.await();
      }
      mayHoldMore = false;
      return !closed;
    } catch (InterruptedException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (busy != null) {
        busy.close();
        busy = null;
      }
      cancelAlarm();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
