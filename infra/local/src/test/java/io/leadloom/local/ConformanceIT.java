package io.leadloom.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Replays over the wire what AWS Step Functions answered, and prints how far our answers agree. The
 * recordings are not part of the project: they are looked for beside it, or where the system
 * property {@code leadloom.conformance} says.
 */
@Tag("conformance")
final class ConformanceIT {

  /**
   * How many scenarios that need the engine alone must agree in every detail. One cannot: with a
   * negative MaxConcurrencyPath, AWS stopped after the first event without saying why.
   */
  private static final int ENGINE_ALONE_AT_LEVEL_3 = 199;

  /** The same for scenarios that need other services. */
  private static final int OTHERS_AT_LEVEL_3 = 98;

  private record Result(
      String id, String concern, boolean alone, HistoryLikeness.Verdict verdict) {}

  @Test
  void answersAsRecorded() throws IOException {
    var folder = recordings();
    Assumptions.assumeTrue(
        folder.isPresent(),
        "No recordings in ../shared/sfn-conformance; set leadloom.conformance to their folder");
    List<Result> results = new ArrayList<>();
    for (var file : files(folder.get())) {
      var scenario = Json.MAPPER.readTree(file.toFile());
      results.add(replay(folder.get().relativize(file).getName(0).toString(), scenario));
    }
    report(results);
    assertThat(count(results, true, 3))
        .as("scenarios that need the engine alone, at level 3")
        .isGreaterThanOrEqualTo(ENGINE_ALONE_AT_LEVEL_3);
    assertThat(count(results, false, 3))
        .as("scenarios that need other services, at level 3")
        .isGreaterThanOrEqualTo(OTHERS_AT_LEVEL_3);
  }

  private static long count(List<Result> results, boolean alone, int level) {
    return results.stream().filter(r -> r.alone == alone && r.verdict.level() >= level).count();
  }

  static Optional<Path> recordings() {
    var given = System.getProperty("leadloom.conformance");
    if (given != null) {
      return Optional.of(Path.of(given));
    }
    for (var dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
      if (Files.exists(dir.resolve("template.yaml")) || Files.exists(dir.resolve(".mvn"))) {
        var folder = dir.resolveSibling("shared").resolve("sfn-conformance");
        return Files.isDirectory(folder) ? Optional.of(folder) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  static List<Path> files(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      return paths.filter(p -> p.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static Result replay(String concern, JsonNode scenario) {
    HistoryLikeness.Verdict verdict;
    try (var replay = new Replay(scenario)) {
      verdict = replay.run();
    } catch (RuntimeException e) {
      verdict = new HistoryLikeness.Verdict(0, e.toString());
    }
    return new Result(
        scenario.path("id").asText(), concern, scenario.path("needs").isEmpty(), verdict);
  }

  private static void report(List<Result> results) throws IOException {
    Map<String, int[]> table = new TreeMap<>();
    for (var result : results) {
      add(table.computeIfAbsent(result.concern, c -> new int[5]), result);
      add(
          table.computeIfAbsent(
              result.alone ? "(all) engine alone" : "(all) with services", c -> new int[5]),
          result);
    }
    var text = new StringBuilder();
    text.append("%-22s %5s %5s %5s %5s %5s%n".formatted("concern", "all", "L1", "L2", "L3", "L4"));
    table.forEach((concern, n) ->
        text.append(
            "%-22s %5d %5d %5d %5d %5d%n".formatted(concern, n[0], n[1], n[2], n[3], n[4])));
    text.append(System.lineSeparator());
    System.out.println(text + shortcomings(results, 3));
    text.append(shortcomings(results, 4));
    var target = Path.of("target");
    Files.createDirectories(target);
    Files.writeString(target.resolve("conformance.txt"), text);
  }

  private static String shortcomings(List<Result> results, int level) {
    return results.stream()
        .filter(result -> result.verdict.level() < level)
        .map(result ->
            "L%d %s%n   %s%n".formatted(result.verdict.level(), result.id, result.verdict.reason()))
        .collect(Collectors.joining());
  }

  private static void add(int[] counts, Result result) {
    counts[0]++;
    for (int level = 1; level <= result.verdict.level(); level++) {
      counts[level]++;
    }
  }
}
