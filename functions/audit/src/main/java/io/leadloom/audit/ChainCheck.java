package io.leadloom.audit;

import io.leadloom.audit.Finding.Kind;
import io.leadloom.model.Seal;
import io.leadloom.platform.Audit.Recorded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Recomputes a tenant's chain and tells what in it is not as it was written. */
public final class ChainCheck {

  /** An entry is sealed seconds after it is written; one that is older than this was slipped in. */
  private static final Duration LATE = Duration.ofHours(25);

  private final List<Finding> findings = new ArrayList<>();

  /** By key: what the seals say of the entries that were not seen yet. */
  private final Map<String, Covered> covered = new HashMap<>();

  private Head head = Head.NONE;
  private Optional<Seal> last = Optional.empty();
  private long pending;

  /** By number of a seal after the snapshot: an entry that it covers. */
  private final Map<Long, String> later = new TreeMap<>();

  private ChainCheck() {}

  /**
   * Checks a chain.
   *
   * @param known where the chain ended once
   */
  static Verdict of(Snapshot audit, Optional<Head> known) {
    var check = new ChainCheck();
    var heads = Stream.concat(Stream.of(audit.head()), known.stream()).distinct().toList();
    for (var seal : audit.seals()) {
      check.link(seal, heads);
    }
    heads.forEach(check::end);
    audit.entries().forEach(check::entry);
    check.covered.forEach((key, by) ->
        check.found(
            Kind.ENTRY_REMOVED, key, "seal " + by.seal() + " covers it, but it is not there"));
    var end = audit.end().get().number();
    check.later.forEach((number, key) -> {
      if (number > end) {
        check.found(
            Kind.SEAL_REMOVED, "seal " + number, "it covered the entry " + key + ", and is gone");
      }
    });
    return new Verdict(check.head, check.pending, List.copyOf(check.findings));
  }

  private void link(Seal seal, List<Head> heads) {
    var place = "seal " + seal.number();
    if (seal.number() <= head.number()) {
      found(Kind.SEAL_CHANGED, place, "it stands behind seal " + head.number());
      return;
    }
    for (var missing = head.number() + 1; missing < seal.number(); missing++) {
      found(Kind.SEAL_REMOVED, "seal " + missing, "it is not there, but a later one is");
    }
    if (!seal.holdsItsHash()) {
      found(Kind.SEAL_CHANGED, place, "its hash is not that of what it holds");
    } else if (seal.number() == head.number() + 1 && !seal.previous().equals(head.hash())) {
      found(
          Kind.SEAL_CHANGED, place, "it does not follow the seal before; one is not the original");
    }
    if (heads.stream()
        .anyMatch(known -> known.number() == seal.number() && !known.equals(Head.of(seal)))) {
      found(Kind.SEAL_CHANGED, place, "it is not the seal that the known head names");
    }
    for (var entry : seal.entries()) {
      var before = covered.put(entry.key(), new Covered(seal.number(), entry.hash()));
      if (before != null) {
        found(
            Kind.ENTRY_SEALED_TWICE,
            entry.key(),
            "seals " + before.seal() + " and " + seal.number() + " cover it");
      }
    }
    head = Head.of(seal);
    last = Optional.of(seal);
  }

  private void end(Head known) {
    if (head.number() < known.number()) {
      found(
          Kind.CHAIN_CUT,
          "seal " + known.number(),
          "the chain ends before the known head, at seal " + head.number());
    }
  }

  private void entry(Recorded entry) {
    var by = covered.remove(entry.key());
    if (by != null) {
      if (!by.hash().equals(entry.sealed().hash())) {
        found(Kind.ENTRY_CHANGED, entry.key(), "it is not what seal " + by.seal() + " covers");
      }
      return;
    }
    pending++;
    var mark = entry.seal();
    if (mark != null && mark > head.number()) {
      later.put(mark, entry.key());
    } else if (mark != null) {
      found(
          Kind.SEAL_REMOVED,
          "seal " + mark,
          "it covered the entry " + entry.key() + ", and does so no more");
    } else if (last.isPresent() && entry.entry().at().isBefore(last.get().at().minus(LATE))) {
      found(Kind.ENTRY_INSERTED, entry.key(), "no seal covers it, though later ones are covered");
    }
  }

  private void found(Kind kind, String place, String detail) {
    findings.add(new Finding(kind, place, detail));
  }

  private record Covered(long seal, String hash) {}

  /**
   * What a check found.
   *
   * @param head the last seal
   * @param pending entries that no seal covers
   */
  public record Verdict(Head head, long pending, List<Finding> findings) {

    /** Whether all is as it was written. */
    public boolean isGood() {
      return findings.isEmpty();
    }
  }
}
