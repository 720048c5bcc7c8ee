package io.leadloom.model;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A link of the chain over a tenant's audit. It holds the hashes of some entries and that of the
 * seal before, so none of these can be changed, removed or put elsewhere without its own hash being
 * another.
 *
 * @param number 1 for the first of a tenant
 * @param total how many entries are sealed by it and all before
 * @param previous hash of the seal before; {@link #NONE} for the first
 * @param hash SHA-256, in hexadecimal, of the UTF-8 text {@code number total previous at}, and a
 *     line {@code key hash} for each entry, lines joined by a line feed
 */
public record Seal(
    long number, long total, String previous, Instant at, List<Entry> entries, String hash) {

  /** In place of the hash of a seal before the first. */
  public static final String NONE = "0".repeat(64);

  /** Keeps a copy. */
  public Seal {
    entries = List.copyOf(entries);
  }

  /** The seal that follows another; null for the first. */
  public static Seal after(@Nullable Seal last, Instant at, List<Entry> entries) {
    var number = last == null ? 1 : last.number + 1;
    var total = (last == null ? 0 : last.total) + entries.size();
    var previous = last == null ? NONE : last.hash;
    return new Seal(
        number, total, previous, at, entries, hashOf(number, total, previous, at, entries));
  }

  /** Whether its hash is that of what it holds. */
  public boolean holdsItsHash() {
    return hash.equals(hashOf(number, total, previous, at, entries));
  }

  private static String hashOf(
      long number, long total, String previous, Instant at, List<Entry> entries) {
    return Ids.sha256(
        Stream.concat(
                Stream.of("%d %d %s %s".formatted(number, total, previous, at)),
                entries.stream().map(entry -> entry.key() + " " + entry.hash()))
            .collect(Collectors.joining("\n")));
  }

  /**
   * A sealed entry.
   *
   * @param key its place in the audit
   * @param hash of what it says
   */
  public record Entry(String key, String hash) {}
}
