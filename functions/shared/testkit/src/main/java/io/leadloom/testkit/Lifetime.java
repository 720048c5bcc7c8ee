package io.leadloom.testkit;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The life of the process under test, which ends right after its n-th write to the outside. From
 * then on none of its calls goes through, whatever it catches.
 */
final class Lifetime {

  /** How a call ends that the process made, or was making, when it died. */
  static final class Died extends Error {

    private static final long serialVersionUID = 1L;

    Died() {
      super("The process under test is dead");
    }
  }

  private static volatile Lifetime current = new Lifetime(Integer.MAX_VALUE);

  private final int lastWrite;
  private final AtomicInteger writes = new AtomicInteger();
  private volatile String lastWords = "";

  private Lifetime(int lastWrite) {
    this.lastWrite = lastWrite;
  }

  /** Begins a life that ends with that write, the first being 1. */
  static Lifetime until(int lastWrite) {
    current = new Lifetime(lastWrite);
    return current;
  }

  /** Begins a life that does not end. */
  static Lifetime unbroken() {
    return until(Integer.MAX_VALUE);
  }

  /** The life that all calls belong to. */
  static Lifetime current() {
    return current;
  }

  /** How many writes went out. */
  int writes() {
    return writes.get();
  }

  /** The write with which it ended; empty while it lasts. */
  String lastWords() {
    return lastWords;
  }

  boolean isOver() {
    return !lastWords.isEmpty();
  }

  /** Before each call. */
  void live() {
    if (isOver()) {
      throw new Died();
    }
  }

  /** After each write has reached whom it was for. */
  void wrote(String what) {
    if (writes.incrementAndGet() == lastWrite) {
      lastWords = what;
    }
    live();
  }
}
