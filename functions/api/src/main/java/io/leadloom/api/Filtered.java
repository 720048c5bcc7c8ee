package io.leadloom.api;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a filter leaves of a list. One answer reads a bounded number of entries, whatever is left of
 * them.
 *
 * @param next place after which to go on; null at the end
 */
record Filtered<T>(List<T> found, @Nullable String next) {

  /** The most entries that one answer reads. */
  static final int MOST_READ = 1_000;

  /** How many of them are read at once. */
  static final int BATCH = 200;

  /** Reads entries that come after a place. */
  @FunctionalInterface
  interface Reading<T> {
    List<T> after(@Nullable String place, int limit);
  }

  /**
   * The first entries of a list that match.
   *
   * @param place where an entry stands in the list
   * @param after place of the last one seen; null to start
   */
  static <T> Filtered<T> of(
      Reading<T> list,
      Function<T, String> place,
      Predicate<T> matches,
      @Nullable String after,
      int wanted) {
    var found = new ArrayList<T>();
    var at = after;
    for (var read = 0; found.size() < wanted && read < MOST_READ; read += BATCH) {
      var batch = list.after(at, BATCH);
      for (var entry : batch) {
        if (matches.test(entry)) {
          if (found.size() == wanted) {
            return new Filtered<>(found, place.apply(found.getLast()));
          }
          found.add(entry);
        }
      }
      if (batch.size() < BATCH) {
        return new Filtered<>(found, null);
      }
      at = place.apply(batch.getLast());
    }
    return new Filtered<>(found, at);
  }
}
