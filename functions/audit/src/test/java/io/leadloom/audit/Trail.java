package io.leadloom.audit;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.Seal;
import io.leadloom.platform.Audit;
import io.leadloom.platform.Audit.Recorded;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import io.leadloom.testkit.TestClock;
import java.util.List;
import java.util.stream.IntStream;

/** Entries for tests. */
final class Trail {

  private Trail() {}

  /** Records entries, a second apart; gives them as a seal covers them, oldest first. */
  static List<Seal.Entry> record(Platform platform, int from, int to) {
    IntStream.range(from, to)
        .forEach(i ->
            platform
                .bean(Audit.class)
                .record(
                    Samples.TENANT,
                    new AuditEntry(
                        TestClock.START.plusSeconds(i), "step:test", "done", "lead-" + i, "so")));
    return entries(platform).subList(from, to);
  }

  static List<Seal.Entry> entries(Platform platform) {
    return platform.bean(Audit.class).list(Samples.TENANT, null, 1_000).reversed().stream()
        .map(Recorded::sealed)
        .toList();
  }
}
