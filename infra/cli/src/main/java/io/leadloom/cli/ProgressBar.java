package io.leadloom.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A line that tells how far a run is: rewritten on a terminal, now and then a new one elsewhere.
 */
final class ProgressBar {

  private static final int WIDTH = 30;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final PrintWriter out;
  private final boolean terminal = System.console() != null && System.console().isTerminal();
  private int lastTenth = -1;

  ProgressBar(PrintWriter out) {
    this.out = out;
  }

  void show(String what, int done, int all, Instant at) {
    var share = all == 0 ? 1 : (double) done / all;
    var tenth = (int) (share * 10);
    if (!terminal && tenth == lastTenth) {
      return;
    }
    lastTenth = tenth;
    var filled = (int) (share * WIDTH);
    out.printf(
        Locale.ROOT,
        "%s%-9s [%s%s] %,d/%,d  %s UTC%s",
        terminal ? "\r" : "",
        what,
        "#".repeat(filled),
        "-".repeat(WIDTH - filled),
        done,
        all,
        DAY.format(at),
        terminal ? " " : System.lineSeparator());
    out.flush();
  }

  void done() {
    if (terminal) {
      out.println();
    }
    lastTenth = -1;
  }
}
