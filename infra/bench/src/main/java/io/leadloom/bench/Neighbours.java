package io.leadloom.bench;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Measures what tenants notice of one that brings twenty times their load: the same quiet tenants
 * without it, with it, and with an import of it on top, in one run, so that the ratios can be
 * compared.
 */
public final class Neighbours {

  /** How long leads may still be on their way when a phase is over. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** More than any of them brings. */
  private static final int COMPANIES = 100_000;

  private final Product product;
  private final PrintWriter out;
  private final Crowd crowd;

  /**
   * @param product with a quiet tenant for each token but the last, which is the noisy one's
   */
  public Neighbours(Product product, PrintWriter out) {
    this(product, out, Crowd.FULL);
  }

  /** The same with as little load as shows that it works. */
  public static Neighbours small(Product product, PrintWriter out) {
    return new Neighbours(product, out, Crowd.SMALL);
  }

  private Neighbours(Product product, PrintWriter out, Crowd crowd) {
    this.product = product;
    this.out = out;
    this.crowd = crowd;
  }

  /** Measures everything and prints a table. */
  public void run() {
    heading();
    var callers = callers();
    var quiet = callers.subList(0, callers.size() - 1);
    try (var noisy = callers.getLast()) {
      // What is compiled while it warms up must not make the later phases the faster ones.
      for (var noise : List.of(false, true)) {
        var warmUp = new Phase(product, crowd, quiet, noisy);
        warmUp.run(crowd.warmUp(), noise, 0);
        warmUp.settle(PATIENCE);
      }
      var before = measured(quiet, noisy, false, 0);
      var noise = measured(quiet, noisy, true, 0);
      var imported = measured(quiet, noisy, true, crowd.rows());
      print(before, noise, imported);
    } finally {
      quiet.forEach(Caller::close);
    }
  }

  /** The tenants' programs, each with companies of its own. */
  private List<Caller> callers() {
    var tokens = product.tokens();
    return IntStream.range(0, tokens.size())
        .mapToObj(n -> new Caller(product.api(), tokens.get(n), n * COMPANIES))
        .toList();
  }

  private Phase measured(List<Caller> quiet, Caller noisy, boolean noise, int rows) {
    var phase = new Phase(product, crowd, quiet, noisy);
    phase.run(crowd.measured(), noise, rows);
    phase.settle(PATIENCE);
    return phase;
  }

  private void heading() {
    out.printf(
        "%d tenants with %.1f requests a second each, of which one in %d brings a lead; another with"
            + " %d times that, and with an import of %,d rows; %s each%n",
        product.tokens().size() - 1,
        crowd.perSecond(),
        Caller.MIX,
        crowd.times(),
        crowd.rows(),
        crowd.measured());
    out.printf(
        "%d cores, Java %s, load before the start %.1f%n%n",
        Runtime.getRuntime().availableProcessors(),
        Runtime.version().feature(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    out.flush();
  }

  private void print(Phase before, Phase noise, Phase imported) {
    out.printf(
        "%-34s|%8s%9s%9s |%9s%9s%7s |%9s%9s%7s%n",
        "milliseconds, of the quiet tenants",
        "n",
        "p50",
        "p99",
        "noise p50",
        "p99",
        "ratio",
        "import p50",
        "p99",
        "ratio");
    for (var measure : Measure.values()) {
      var calm = before.times(measure);
      var noisy = noise.times(measure);
      var busy = imported.times(measure);
      out.printf(
          "%-34s|%8d%9.1f%9.1f |%9.1f%9.1f%7.2f |%10.1f%9.1f%7.2f%n",
          measure.text(),
          calm.count(),
          calm.percentile(50),
          calm.percentile(99),
          noisy.percentile(50),
          noisy.percentile(99),
          noisy.percentile(99) / calm.percentile(99),
          busy.percentile(50),
          busy.percentile(99),
          busy.percentile(99) / calm.percentile(99));
    }
    out.println();
    var phases = List.of(before, noise, imported);
    var names = List.of("before", "noise", "import");
    IntStream.range(0, phases.size())
        .forEach(i -> out.printf("%-8s%s%n", names.get(i), phases.get(i).summary()));
    out.flush();
  }
}
