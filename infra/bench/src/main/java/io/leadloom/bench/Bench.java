package io.leadloom.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Measures the state machine engine with its file on disk: light steps one after another, many
 * executions at once, whole lives of leads, and the way over the AWS API. A step is a state that
 * was entered, and durable, since nothing that follows from it happens before it is stored.
 */
public final class Bench {

  /** Above this load per core, others are at work too. */
  private static final double BUSY = 0.3;

  private final Path lifecycle;
  private final Path folder;
  private final PrintWriter out;
  private final Scale scale;

  /**
   * @param lifecycle the definition of a lead's life
   * @param folder where the engine keeps its files while it is measured
   */
  public Bench(Path lifecycle, Path folder, PrintWriter out) {
    this(lifecycle, folder, out, Scale.FULL);
  }

  Bench(Path lifecycle, Path folder, PrintWriter out, Scale scale) {
    this.lifecycle = lifecycle;
    this.folder = folder;
    this.out = out;
    this.scale = scale;
  }

  /** Measures everything and prints a table, line by line. */
  public void run() {
    heading();
    try (var light = LightSteps.open(file("light-steps"))) {
      print(
          "10 light steps, one execution after another", light.sequential(10, scale.sequential()));
      print(
          "40 light steps, one execution after another", light.sequential(40, scale.sequential()));
      print("10 light steps, many executions at once", light.concurrent(10, scale.concurrent()));
    }
    try (var lives = Lifecycles.open(file("lifecycles"), definition())) {
      print("lives of leads, many at once", lives.concurrent(scale.concurrent()));
    }
    try (var api = OverTheApi.open(file("stack"))) {
      print("40 Pass states over the AWS API", api.sequential(40, scale.sequential()));
    }
  }

  private void heading() {
    var cores = Runtime.getRuntime().availableProcessors();
    var load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    out.printf(
        "%d cores, Java %s; the machine was %s before the start (load %.1f)%n%n",
        cores,
        Runtime.version().feature(),
        load > BUSY * cores ? "busy with other things" : "idle",
        load);
    out.printf(
        "%-46s%12s%10s%10s%10s%12s%n", "", "executions", "steps", "seconds", "ms/step", "steps/s");
    out.flush();
  }

  private void print(String what, Measurement measured) {
    out.printf(
        "%-46s%12d%10d%10.2f%10.3f%12.0f%n",
        what,
        measured.executions(),
        measured.steps(),
        measured.seconds(),
        measured.millisPerStep(),
        measured.stepsPerSecond());
    out.flush();
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private String definition() {
    try {
      return Files.readString(lifecycle);
    } catch (IOException e) {
      throw new UncheckedIOException("The definition " + lifecycle + " cannot be read", e);
    }
  }
}
