package io.leadloom.cli;

/** Waiting, in real time, for something that tells no other way when it is done. */
final class Pause {

  private Pause() {}

  static void millis(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted; the same command goes on where it was", e);
    }
  }
}
