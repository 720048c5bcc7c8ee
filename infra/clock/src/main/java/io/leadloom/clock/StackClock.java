package io.leadloom.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one clock of a local stack. It is read by the business code, the state machine engine, the
 * schedules and the simulators alike, and it owns their timers.
 *
 * <p>At speed 1 it is the wall clock. At any other speed it is a virtual clock that runs {@code
 * speed} times as fast, but only while nothing is at work: a component that works takes a {@link
 * Hold}, and as long as one is held the time stands still. So a two-week cadence can pass in
 * seconds, and what happens in it does not depend on how fast the machine is. Time never passes a
 * timer that is due: the timer runs at exactly its instant.
 *
 * <p>All methods may be called from any thread.
 */
public final class StackClock extends Clock implements AutoCloseable {

  /** A speed at which idle time takes no time at all. */
  public static final double AS_FAST_AS_POSSIBLE = 1e12;

  private static final Logger LOG = LoggerFactory.getLogger(StackClock.class);

  private final double speed;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparing((Timer t) -> t.due).thenComparing(t -> t.sequence));
  private final Thread ticker;

  /** The virtual instant at {@link #anchorNanos}; meaningless at speed 1. */
  private Instant anchor;

  private long anchorNanos;
  private int holds;
  private long sequence;
  private boolean closed;

  private StackClock(Instant start, double speed) {
    if (!(speed > 0)) {
      throw new IllegalArgumentException("speed must be positive, but is " + speed);
    }
    this.speed = speed;
    this.anchor = start;
    this.anchorNanos = System.nanoTime();
    this.ticker = Thread.ofPlatform().name("stack-clock").daemon().unstarted(this::tick);
    ticker.start();
  }

  /** The wall clock, with timers. */
  public static StackClock real() {
    return new StackClock(Instant.now(), 1);
  }

  /**
   * A clock that starts at {@code start} and runs {@code speed} times as fast as the wall clock
   * while nothing holds it. A speed of 1 gives the wall clock, whatever {@code start} says.
   */
  public static StackClock startingAt(Instant start, double speed) {
    return new StackClock(start, speed);
  }

  /** How many virtual seconds pass in an idle real second. */
  public double speed() {
    return speed;
  }

  @Override
  public Instant instant() {
    lock.lock();
    try {
      return now();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Says that work is under way: virtual time stands still until the hold is closed. Closing twice
   * is harmless. At speed 1 a hold has no effect.
   */
  public Hold hold() {
    lock.lock();
    try {
      if (holds == 0) {
        anchor = now();
      }
      holds++;
    } finally {
      lock.unlock();
    }
    return new Hold(this);
  }

  /**
   * Runs {@code action} at {@code due}, or at once if that is past. Actions run one after the other
   * on the clock's own thread, in the order of their instants and then of their scheduling, and the
   * clock is held meanwhile: an action takes a hold of its own before handing longer work to
   * another thread. An action that throws is logged and forgotten.
   */
  public Timer schedule(Instant due, Runnable action) {
    lock.lock();
    try {
      // Freeze the present first: a timer in the past must not pull the time back.
      if (holds == 0 && speed != 1) {
        anchor = now();
        anchorNanos = System.nanoTime();
      }
      var timer = new Timer(this, due, sequence++, action);
      timers.add(timer);
      changed.signalAll();
      return timer;
    } finally {
      lock.unlock();
    }
  }

  /** The instant of the next timer, if there is one. */
  public Optional<Instant> nextDue() {
    lock.lock();
    try {
      return Optional.ofNullable(timers.peek()).map(t -> t.due);
    } finally {
      lock.unlock();
    }
  }

  /** Whether anything holds the clock at this moment. */
  public boolean busy() {
    lock.lock();
    try {
      return holds > 0;
    } finally {
      lock.unlock();
    }
  }

  /** Stops the timers. The clock can still be read. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      timers.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new Zoned(this, zone);
  }

  private Instant now() {
    if (speed == 1) {
      return Instant.now();
    }
    if (holds > 0) {
      return anchor;
    }
    var idleNanos = (double) (System.nanoTime() - anchorNanos) * speed;
    var seconds = Math.min(idleNanos / 1e9, Duration.ofDays(3650).toSeconds());
    var free = anchor.plusSeconds((long) seconds);
    free = free.plusNanos((long) ((seconds - (double) (long) seconds) * 1e9));
    var next = timers.peek();
    // With nothing to wait for, the fastest clock has nowhere to run to.
    if (next == null) {
      return speed >= AS_FAST_AS_POSSIBLE ? anchor : free;
    }
    if (next.due.isBefore(anchor)) {
      return anchor;
    }
    return free.isAfter(next.due) ? next.due : free;
  }

  private void release() {
    lock.lock();
    try {
      holds--;
      if (holds == 0) {
        anchorNanos = System.nanoTime();
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean stepToNextTimer() {
    lock.lock();
    try {
      var next = timers.peek();
      if (holds != 1 || next == null) {
        return false;
      }
      if (next.due.isAfter(anchor)) {
        anchor = next.due;
      }
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void tick() {
    while (true) {
      Timer due;
      lock.lock();
      try {
        due = awaitDue();
        if (due == null) {
          return;
        }
      } catch (InterruptedException e) {
        return;
      } finally {
        lock.unlock();
      }
      try {
        due.action.run();
      } catch (RuntimeException e) {
        LOG.error("A timer due at {} failed", due.due, e);
      } finally {
        release();
      }
    }
  }

  /** Takes the next timer that is due, with a hold for it; null when the clock is closed. */
  private @Nullable Timer awaitDue() throws InterruptedException {
    while (!closed) {
      var next = timers.peek();
      if (next == null) {
        changed.await();
        continue;
      }
      // A timer that is already due runs even while the clock is held; a later one waits for
      // idleness.
      var present = now();
      var wait = Duration.between(present, next.due);
      if (!wait.isPositive()) {
        // The present is taken before the timer leaves the queue: it alone keeps the time from
        // running on to the next one.
        if (holds == 0) {
          anchor = present;
        }
        holds++;
        timers.poll();
        return next;
      }
      if (holds > 0 && speed != 1) {
        changed.await();
      } else {
        var nanos = (double) wait.toSeconds() / speed * 1e9 + wait.toNanosPart() / speed;
        changed.awaitNanos((long) Math.clamp(nanos, 1, 1e15));
      }
    }
    return null;
  }

  /** Work under way; see {@link StackClock#hold()}. */
  public static final class Hold implements AutoCloseable {
    private @Nullable StackClock clock;

    private Hold(StackClock clock) {
      this.clock = clock;
    }

    /**
     * Moves the time on to the next timer, and runs it, if this hold is the only one: for whoever
     * wants to look at the world between one step and the next.
     *
     * @return whether it did: false where something else is at work, or nothing is to come
     */
    public synchronized boolean step() {
      return clock != null && clock.stepToNextTimer();
    }

    @Override
    public synchronized void close() {
      if (clock != null) {
        clock.release();
        clock = null;
      }
    }
  }

  /** Something that will happen; see {@link StackClock#schedule}. */
  public static final class Timer {
    private final StackClock clock;
    private final Instant due;
    private final long sequence;
    private final Runnable action;

    private Timer(StackClock clock, Instant due, long sequence, Runnable action) {
      this.clock = clock;
      this.due = due;
      this.sequence = sequence;
      this.action = action;
    }

    /** Makes sure that the action is not run any more, unless it is running. */
    public void cancel() {
      clock.lock.lock();
      try {
        clock.timers.remove(this);
        clock.changed.signalAll();
      } finally {
        clock.lock.unlock();
      }
    }

    /** The instant at which the action is run. */
    public Instant due() {
      return due;
    }
  }

  private static final class Zoned extends Clock {
    private final Clock clock;
    private final ZoneId zone;

    private Zoned(Clock clock, ZoneId zone) {
      this.clock = clock;
      this.zone = zone;
    }

    @Override
    public ZoneId getZone() {
      return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
      return new Zoned(clock, other);
    }

    @Override
    public Instant instant() {
      return clock.instant();
    }
  }
}
