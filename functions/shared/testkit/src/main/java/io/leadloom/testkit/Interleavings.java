package io.leadloom.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Several callers at once, in an order that a seed decides: before each call to AWS a caller waits
 * for its turn, and one at a time has it. On its turn a caller may die, before the call or right
 * after it has reached whom it was for; and time may pass, so that others take it for dead. The
 * same seed gives the same story.
 *
 * <p>Calls that a caller's other threads make are made on its turn, without waiting.
 */
public final class Interleavings {

  private static final long PATIENCE_SECONDS = 60;
  private static final ThreadLocal<@Nullable Caller> CALLER = new ThreadLocal<>();

  private final Random random;
  private final TestClock clock;
  private final Duration pause;
  private final Semaphore waiting = new Semaphore(0);

  private Interleavings(long seed, TestClock clock, Duration pause) {
    this.random = new Random(seed);
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * Lets the callers run to their ends.
   *
   * @param pause how much time passes where some does
   * @return what each came to; empty where it died
   */
  public static <T> List<Optional<T>> run(
      long seed, TestClock clock, Duration pause, List<Callable<T>> callers) {
    return new Interleavings(seed, clock, pause).run(callers);
  }

  private <T> List<Optional<T>> run(List<Callable<T>> callers) {
    var all = new ArrayList<Life<T>>();
    for (var caller : callers) {
      var life = new Life<>(new Caller(waiting), caller);
      all.add(life);
      Thread.ofVirtual().start(life);
      await();
    }
    for (var alive = alive(all); !alive.isEmpty(); alive = alive(all)) {
      alive.get(random.nextInt(alive.size())).caller.go(fate());
      await();
    }
    return all.stream().map(Life::end).toList();
  }

  private static <T> List<Life<T>> alive(List<Life<T>> all) {
    return all.stream().filter(life -> !life.ended).toList();
  }

  private Fate fate() {
    var drawn = random.nextInt(100);
    if (drawn < 5) {
      clock.advance(pause);
    }
    return drawn < 90 ? Fate.LIVES : drawn < 95 ? Fate.DIES_BEFORE : Fate.DIES_AFTER;
  }

  /** Until the caller whose turn it is waits for its next one, or has come to its end. */
  private void await() {
    try {
      if (!waiting.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("A caller neither calls AWS nor comes to its end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Before a call of this thread. */
  static void beforeCall() {
    var caller = CALLER.get();
    if (caller != null) {
      caller.awaitTurn();
    }
  }

  /** After a call of this thread has reached whom it was for. */
  static void afterCall() {
    var caller = CALLER.get();
    if (caller != null) {
      caller.dieAfterCall();
    }
  }

  private enum Fate {
    LIVES,
    DIES_BEFORE,
    DIES_AFTER
  }

  /** One caller, which has its turn or waits for it. */
  private static final class Caller {

    private final Semaphore waiting;
    private final Semaphore turn = new Semaphore(0);
    private volatile Fate fate = Fate.LIVES;
    private boolean dead;

    Caller(Semaphore waiting) {
      this.waiting = waiting;
    }

    void go(Fate next) {
      fate = next;
      turn.release();
    }

    void awaitTurn() {
      if (!dead) {
        waiting.release();
        turn.acquireUninterruptibly();
      }
      dead |= fate == Fate.DIES_BEFORE;
      if (dead) {
        throw new Lifetime.Died();
      }
    }

    /** What it still does is known to nobody, since none of its calls goes through any more. */
    void dieAfterCall() {
      dead |= fate == Fate.DIES_AFTER;
    }
  }

  /** A caller's work, from its first turn to its end. */
  private static final class Life<T> implements Runnable {

    private final Caller caller;
    private final Callable<T> work;
    private volatile boolean ended;
    private volatile @Nullable T result;
    private volatile @Nullable Throwable failure;

    Life(Caller caller, Callable<T> work) {
      this.caller = caller;
      this.work = work;
    }

    @Override
    public void run() {
      CALLER.set(caller);
      try {
        result = work.call();
      } catch (Throwable e) {
        failure = e;
      } finally {
        ended = true;
        caller.waiting.release();
      }
    }

    Optional<T> end() {
      if (failure != null && !caller.dead) {
        throw new AssertionError(failure);
      }
      return caller.dead ? Optional.empty() : Optional.ofNullable(result);
    }
  }
}
