package io.leadloom.platform;

/** One write of a transaction, with what it demands. */
sealed interface Write {

  /** Puts the item, whatever stands there. */
  record Always(Item item) implements Write {}

  /** Puts the item where none stands. */
  record IfAbsent(Item item) implements Write {}

  /** Deletes what stands there, if anything does. */
  record Delete(Key key) implements Write {}

  /** Replaces the item at the revision that was seen; it is stored one higher. */
  record Replacing(Item item, long revSeen) implements Write {}
}
