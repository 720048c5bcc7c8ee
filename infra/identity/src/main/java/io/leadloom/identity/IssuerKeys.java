package io.leadloom.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.leadloom.model.fault.PermanentException;
import io.leadloom.platform.Json;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * What a local issuer keeps secret.
 *
 * @param signing the RSA key that signs tokens
 * @param password with which whoever may read the stack's secrets signs in as anybody
 */
public record IssuerKeys(RSAKey signing, String password) {

  private static final String SECRET = "leadloom/local-issuer";

  /** New keys. */
  public static IssuerKeys generate() {
    var password = new byte[32];
    new SecureRandom().nextBytes(password);
    try {
      return new IssuerKeys(
          new RSAKeyGenerator(2048)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(com.nimbusds.jose.JWSAlgorithm.RS256)
              .keyIDFromThumbprint(true)
              .generate(),
          Base64.getUrlEncoder().withoutPadding().encodeToString(password));
    } catch (JOSEException e) {
      throw new IllegalStateException("Every Java runtime has RSA", e);
    }
  }

  /** The keys that a stack's Secrets Manager keeps; the first call makes them. */
  public static IssuerKeys of(SecretsManagerClient secrets) {
    try {
      return read(secrets);
    } catch (ResourceNotFoundException absent) {
      var made = generate();
      var text =
          Json.write(Map.of("signing", made.signing().toJSONString(), "password", made.password()));
      try {
        secrets.createSecret(b -> b.name(SECRET).secretString(text));
        return made;
      } catch (ResourceExistsException e) {
        return read(secrets);
      }
    }
  }

  private static IssuerKeys read(SecretsManagerClient secrets) {
    var text = secrets.getSecretValue(b -> b.secretId(SECRET)).secretString();
    try {
      var kept = Json.read(text, Kept.class);
      return new IssuerKeys(RSAKey.parse(kept.signing()), kept.password());
    } catch (ParseException e) {
      throw new PermanentException(
          "issuer.unreadable", "The secret " + SECRET + " holds no RSA key; delete it", e);
    }
  }

  private record Kept(String signing, String password) {}
}
