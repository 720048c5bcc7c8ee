package io.leadloom.cli;

import io.leadloom.clock.StackClock;
import java.time.Instant;

/**
 * The time of a stack, which a command may hold: then what comes with time alone, such as a message
 * that is delivered once more, comes only if the command lets it.
 */
interface StackTime {

  /** The time on the wall, which nobody holds. */
  StackTime WALL =
      new StackTime() {
        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public boolean awaited() {
          return false;
        }

        @Override
        public void goOn() {}
      };

  /** The time of a stack in this process, held. */
  static StackTime held(LocalLeadloom leadloom, StackClock.Hold hold) {
    return new StackTime() {
      @Override
      public Instant now() {
        return leadloom.clock().instant();
      }

      @Override
      public boolean awaited() {
        return leadloom.idle();
      }

      @Override
      public void goOn() {
        hold.step();
      }
    };
  }

  /** What time it is there. */
  Instant now();

  /** Whether nothing happens any more until time goes on. */
  boolean awaited();

  /** Lets time go on to what comes next. */
  void goOn();
}
