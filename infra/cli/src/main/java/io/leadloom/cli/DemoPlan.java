package io.leadloom.cli;

import io.leadloom.model.Tenant;
import java.time.Instant;

/** What a demo runs; see {@link DemoCommand}'s options. */
record DemoPlan(
    String source, String via, String pack, long seed, Tenant.Mode mode, Instant start) {

  static boolean isUrl(String source) {
    return source.startsWith("http://") || source.startsWith("https://");
  }

  boolean isOf(String otherSource, String otherVia, String otherPack, long otherSeed) {
    return source.equals(otherSource)
        && via.equals(otherVia)
        && pack.equals(otherPack)
        && seed == otherSeed;
  }

  String describe() {
    return "source " + source + " via " + via + ", pack " + pack + ", seed " + seed;
  }
}
