package io.leadloom.audit;

import io.leadloom.model.Seal;
import io.leadloom.model.fault.InvalidInputException;

/**
 * Where a chain ended at some moment. Kept where nobody who can write to the table reaches it, it
 * shows later whether the end of the chain was cut off.
 *
 * @param number of the last seal; 0 for none
 */
public record Head(long number, long total, String hash) {

  /** Before the first seal. */
  static final Head NONE = new Head(0, 0, Seal.NONE);

  static Head of(Seal seal) {
    return new Head(seal.number(), seal.total(), seal.hash());
  }

  /** The head in a text such as {@code 12:840:9f86d0…}. */
  public static Head of(String text) {
    if (!text.matches("\\d{1,12}:\\d{1,15}:[0-9a-f]{64}")) {
      throw new InvalidInputException(
          "audit.head", "A head is NUMBER:TOTAL:HASH, as 'audit head' prints it");
    }
    var parts = text.split(":");
    return new Head(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]);
  }

  @Override
  public String toString() {
    return number + ":" + total + ":" + hash;
  }
}
