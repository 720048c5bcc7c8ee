package io.leadloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.platform.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Demos in which the services throttle, fail, lose answers, duplicate and reorder come to the end
 * that they come to without, lead by lead.
 */
class FaultsE2ET {

  private static final String FAULTS =
      "dynamodb:throttle=0.1,dynamodb:fail=0.02,dynamodb:lose=0.03,"
          + "sqs:throttle=0.1,sqs:fail=0.05,sqs:duplicate=0.1,sqs:reorder=0.1,"
          + "lambda:throttle=0.1,lambda:fail=0.03,lambda:lose=0.02,lambda:delay=0.05,"
          + "lambda:duplicate=0.05,lambda:reorder=0.05,"
          + "states:throttle=0.1,states:fail=0.05,secretsmanager:throttle=0.1,"
          + "events:throttle=0.1,events:duplicate=0.1,"
          + "webhooks:duplicate=0.1,webhooks:reorder=0.1";

  private static final int FEW_ROWS = 19;

  /** How long the soak lets things go wrong: as often as it takes, each time by another seed. */
  private static final Duration LONG = Duration.ofMinutes(Long.getLong("leadloom.minutes", 15));

  @TempDir private Path folder;

  @Test
  void faultsOfTheServicesDoNotChangeTheFunnel() throws Exception {
    var permits = SamplePermits.file(folder, "few.csv", SamplePermits.lines(FEW_ROWS));
    var without = run(permits, "without", "");
    var with = run(permits, "with", FAULTS + ",seed=" + Long.getLong("leadloom.seed", 1));
    assertSame(without, with);
  }

  /**
   * {@code ./leadloom test --group soak}; {@code -Dleadloom.rounds=N} takes the sample so many
   * times, each time with other companies.
   */
  @Test
  @Tag("soak")
  void quarterOfAnHourOfFaultsDoesNotChangeWhatBecomesOfAThousandLeads() throws Exception {
    var rounds = Integer.getInteger("leadloom.rounds", 5);
    var permits = SamplePermits.file(folder, "many.csv", SamplePermits.rounds(rounds));
    var without = run(permits, "without", "");
    var left = LONG;
    for (var seed = Long.getLong("leadloom.seed", 1); left.isPositive(); seed++) {
      var with = run(permits, "with-" + seed, FAULTS + ",seed=" + seed);
      report(seed, without, with);
      assertSame(without, with);
      assertThat(with.leads()).hasSizeGreaterThan(200 * rounds);
      for (var fault : with.tree().path("faults").properties()) {
        // Of the event bus little comes as long as nothing fails for good.
        if (!fault.getKey().matches("events:.*|lambda:(duplicate|reorder).*")) {
          assertThat(fault.getValue().asInt()).as(fault.getKey()).isPositive();
        }
      }
      left = left.minus(with.time());
    }
  }

  private static void assertSame(Run without, Run with) throws IOException {
    assertThat(with.leads()).as("what became of each lead").isEqualTo(without.leads());
    assertThat(Command.funnel(with.json())).isEqualTo(Command.funnel(without.json()));
    for (var none : List.of("duplicateSends", "lostLeads", "failed")) {
      assertThat(with.tree().path(none).asInt(-1)).as(none).isZero();
    }
    assertThat(with.tree().at("/faults/dynamodb:throttle=0.1").asInt()).isGreaterThan(50);
  }

  private static void report(long seed, Run without, Run with) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "%nSeed %d: %.1f minutes with faults, %.1f without%n%n%-34s %8s %8s%n",
        seed,
        with.time().toSeconds() / 60.0,
        without.time().toSeconds() / 60.0,
        "",
        "without",
        "with");
    lines("", Command.funnel(without.json()), Command.funnel(with.json()));
    System.out.println("requests that went wrong");
    lines("  ", Json.tree("{}".getBytes(StandardCharsets.UTF_8)), with.tree().path("faults"));
  }

  private static void lines(String indent, JsonNode without, JsonNode with) {
    var names = new LinkedHashSet<String>();
    with.fieldNames().forEachRemaining(names::add);
    without.fieldNames().forEachRemaining(names::add);
    for (var name : names) {
      if (with.path(name).isObject()) {
        System.out.println(indent + name);
        lines(indent + "  ", without.path(name), with.path(name));
      } else {
        System.out.printf(
            "%-34s %8s %8s%n",
            indent + name, without.path(name).asText("-"), with.path(name).asText("-"));
      }
    }
  }

  /** A demo that ran to its end. */
  private record Run(Path json, List<String> leads, Duration time) {

    JsonNode tree() throws IOException {
      return Json.tree(Files.readAllBytes(json));
    }
  }

  private Run run(Path permits, String name, String faults) throws Exception {
    var json = folder.resolve(name + ".json");
    var leads = folder.resolve(name + ".jsonl");
    var started = Instant.now();
    var demo =
        Command.start(
            folder,
            "demo",
            "--source",
            permits.toString(),
            "--faults",
            faults,
            "--json",
            json.toString(),
            "--leads",
            leads.toString());
    if (!demo.process().waitFor(2, TimeUnit.HOURS)) {
      demo.kill();
    }
    assertThat(demo.process().exitValue()).as(demo.output()).isZero();
    return new Run(json, Files.readAllLines(leads), Duration.between(started, Instant.now()));
  }
}
