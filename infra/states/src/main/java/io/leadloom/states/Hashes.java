package io.leadloom.states;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/** The digests that Step Functions offers. */
final class Hashes {

  private static final Set<String> ALGORITHMS =
      Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

  private Hashes() {}

  /**
   * The digest of a text in lower-case hexadecimal.
   *
   * @throws IllegalArgumentException when the algorithm is none of those that AWS offers
   */
  static String hex(String text, String algorithm) {
    if (!ALGORITHMS.contains(algorithm)) {
      throw new IllegalArgumentException(
          "The hash algorithm must be one of " + ALGORITHMS + ", but is " + algorithm);
    }
    try {
      var digest = MessageDigest.getInstance(algorithm);
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
