package io.leadloom.audit;

/**
 * Something that shows that an audit is not as it was written.
 *
 * @param place key of an entry, or {@code seal} and a number
 * @param detail what is wrong, in a sentence
 */
public record Finding(Kind kind, String place, String detail) {

  /** What was done. */
  public enum Kind {
    ENTRY_CHANGED,
    ENTRY_REMOVED,
    ENTRY_INSERTED,
    ENTRY_SEALED_TWICE,
    SEAL_CHANGED,
    SEAL_REMOVED,
    CHAIN_CUT
  }
}
