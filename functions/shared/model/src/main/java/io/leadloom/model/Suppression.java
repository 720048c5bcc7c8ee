package io.leadloom.model;

import java.time.Instant;

/**
 * A standing rule "do not contact". It is checked last and wins always.
 *
 * @param hash of the normalised address; the address itself need not be kept
 * @param reason code, such as {@code opt-out.reply}
 */
public record Suppression(String hash, String reason, String source, Instant at) {

  /** The hash of an e-mail address, whatever its case and surrounding blanks. */
  public static String hashOf(String address) {
    return Ids.hash("suppression", address.strip().toLowerCase(java.util.Locale.ROOT));
  }
}
