package io.leadloom.cli;

import io.leadloom.model.Tenant;
import java.time.Instant;

/** What a demo runs; see {@link DemoCommand}'s options. */
record DemoPlan(
    String source,
    String via,
    String pack,
    String mail,
    long seed,
    Tenant.Mode mode,
    Instant start) {

  static boolean isUrl(String source) {
    return source.startsWith("http://") || source.startsWith("https://");
  }

  boolean isOf(
      String otherSource, String otherVia, String otherPack, String otherMail, long otherSeed) {
    return source.equals(otherSource)
        && via.equals(otherVia)
        && pack.equals(otherPack)
        && mail.equals(otherMail)
        && seed == otherSeed;
  }

  String describe() {
    return "source "
        + source
        + " via "
        + via
        + ", pack "
        + pack
        + ", mail by "
        + mail
        + ", seed "
        + seed;
  }
}
