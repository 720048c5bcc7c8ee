package io.leadloom.platform;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One write of a transaction, with what it demands. */
sealed interface Write {

  /** Puts the item, whatever stands there. */
  record Always(Item item) implements Write {}

  /** Puts the item where none stands. */
  record IfAbsent(Item item) implements Write {}

  /** Puts the item where none stands; demands nothing, and leaves what stands there. */
  record First(Item item) implements Write {}

  /** Gives the attribute to an item that is there without it. */
  record Mark(Key key, String attribute, long value) implements Write {}

  /** Deletes what stands there, if anything does. */
  record Delete(Key key) implements Write {}

  /** Deletes the item at the revision that was seen. */
  record Removing(Key key, long revSeen) implements Write {}

  /**
   * Adds to numbers of an item, which is made where there is none.
   *
   * @param within what one of the numbers must be afterwards
   */
  record Adding(Key key, String entity, Map<String, Long> amounts, @Nullable Within within)
      implements Write {}

  /** The bounds of a number, both included. */
  record Within(String member, long least, long most) {}

  /** Replaces the item at the revision that was seen; it is stored one higher. */
  record Replacing(Item item, long revSeen) implements Write {}
}
