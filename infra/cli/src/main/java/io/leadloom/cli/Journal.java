package io.leadloom.cli;

import io.leadloom.platform.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What really left the system, as the simulators wrote it down. */
record Journal(List<Line> lines) {

  static Journal read(Path data) {
    try {
      return new Journal(
          Files.readAllLines(data.resolve("simulators").resolve("journal.jsonl")).stream()
              .filter(line -> !line.isBlank())
              .map(line -> Json.read(line, Line.class))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Effects that happened a second time: the same effect, or another for the same key. */
  int duplicateEffects() {
    var effects = new HashSet<String>();
    Map<String, String> byKey = new HashMap<>();
    var duplicates = 0;
    for (var line : lines) {
      if (line.effect() == null) {
        continue;
      }
      var again = !effects.add(line.effect());
      if (line.idempotencyKey() != null) {
        again |= byKey.putIfAbsent(line.idempotencyKey(), line.effect()) != null;
      } else if (line.effect().startsWith("booking:") && line.lead() != null) {
        again |= byKey.putIfAbsent("booking of " + line.lead(), line.effect()) != null;
      }
      duplicates += again ? 1 : 0;
    }
    return duplicates;
  }

  record Line(
      String provider,
      @Nullable String idempotencyKey,
      @Nullable String lead,
      @Nullable String effect) {}
}
