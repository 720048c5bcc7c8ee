package io.leadloom.platform;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Texts that are kept in the table and that nobody reads who has only the table: AES-256-GCM with a
 * key derived from the one that signs links.
 */
@Singleton
public final class Sealed {

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SignedTokens tokens;

  Sealed(SignedTokens tokens) {
    this.tokens = tokens;
  }

  /** The text as it is kept; each time another. */
  public String seal(String text) {
    var nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      var sealed =
          cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
      var kept = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, kept, NONCE_BYTES, sealed.length);
      return Base64.getEncoder().encodeToString(kept);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java runtime has AES in Galois mode", e);
    }
  }

  /** The text that was sealed, or nothing where it was changed or the key was. */
  public Optional<String> open(String sealed) {
    try {
      var kept = Base64.getDecoder().decode(sealed);
      var text =
          cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(kept, NONCE_BYTES))
              .doFinal(Arrays.copyOfRange(kept, NONCE_BYTES, kept.length));
      return Optional.of(new String(text, StandardCharsets.UTF_8));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    var key = Base64.getUrlDecoder().decode(tokens.secretFor("sealed"));
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }
}
