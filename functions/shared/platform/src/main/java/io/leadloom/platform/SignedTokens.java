package io.leadloom.platform;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Opaque tokens for links that people and mail systems click: they say what they are for, to what
 * they refer and until when, and nobody can make or change one without the key (HMAC-SHA-256).
 */
@Singleton
public final class SignedTokens {

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final Secrets secrets;
  private final Clock clock;

  SignedTokens(Secrets secrets, Clock clock) {
    this.secrets = secrets;
    this.clock = clock;
  }

  /** A token for a use that refers to these ids and expires. Ids hold no dots. */
  public String sign(String use, Instant expires, String... ids) {
    var text = use + "." + expires.getEpochSecond() + "." + String.join(".", ids);
    return ENCODER.encodeToString(text.getBytes(StandardCharsets.UTF_8))
        + "."
        + ENCODER.encodeToString(mac(text));
  }

  /** The ids a token refers to, or nothing where it is forged, expired or for another use. */
  public Optional<List<String>> verify(String use, String token) {
    var halves = token.split("\\.", -1);
    if (halves.length != 2) {
      return Optional.empty();
    }
    byte[] payload;
    byte[] signature;
    try {
      payload = Base64.getUrlDecoder().decode(halves[0]);
      signature = Base64.getUrlDecoder().decode(halves[1]);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    var text = new String(payload, StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(mac(text), signature)) {
      return Optional.empty();
    }
    var parts = List.of(text.split("\\.", -1));
    if (!parts.getFirst().equals(use)
        || Long.parseLong(parts.get(1)) < clock.instant().getEpochSecond()) {
      return Optional.empty();
    }
    return Optional.of(parts.subList(2, parts.size()));
  }

  /**
   * A name that stands for these ids and that nobody can guess: 32 lower-case hexadecimal digits,
   * so that it survives mail systems that change the case of addresses. The same ids give the same
   * name.
   */
  public String nameFor(String use, String... ids) {
    return HexFormat.of().formatHex(mac(use + "." + String.join(".", ids))).substring(0, 32);
  }

  /**
   * A secret that stands for these ids, of 256 bits that nobody can guess: 43 characters of Base64
   * for addresses. The same ids give the same secret, so that who died before telling it can tell
   * it again.
   */
  public String secretFor(String use, String... ids) {
    return ENCODER.encodeToString(mac(use + "." + String.join(".", ids)));
  }

  private byte[] mac(String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secrets.linkKey(), "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java runtime has HmacSHA256", e);
    }
  }
}
