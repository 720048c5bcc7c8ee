package io.leadloom.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.leadloom.model.TenantId;
import io.leadloom.model.UserId;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.model.fault.TransientException;
import io.leadloom.platform.Settings;
import jakarta.inject.Singleton;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens as Amazon Cognito makes them: RS256, with the claims that the function behind
 * {@link TokenClaimsHandler} adds. The issuer's keys are fetched once and again when it has new
 * ones.
 */
@Singleton
final class Tokens {

  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 3_000;
  private static final int MOST_BYTES = 64 * 1024;

  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  Tokens(Settings settings, Clock clock) {
    var keys =
        JWKSourceBuilder.<SecurityContext>create(
                url(settings.tokenIssuer()),
                new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MOST_BYTES))
            .retrying(true)
            .build();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
    processor.setJWTClaimsSetVerifier(new Claims(settings, clock));
  }

  private static java.net.URL url(URI issuer) {
    try {
      return URI.create(issuer + "/.well-known/jwks.json").toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("TOKEN_ISSUER is no address: " + issuer, e);
    }
  }

  /**
   * Who a token stands for, or nothing where it is forged, expired, no access token, or not ours.
   *
   * @throws TransientException where the issuer's keys cannot be fetched
   */
  Optional<Identity> verify(String token) {
    try {
      return Optional.of(identity(processor.process(token, null)));
    } catch (KeySourceException e) {
      throw new TransientException("issuer.unreachable", "The token issuer does not answer", e);
    } catch (ParseException | BadJOSEException | JOSEException | InvalidInputException e) {
      return Optional.empty();
    }
  }

  private static Identity identity(JWTClaimsSet claims) throws ParseException {
    return new Identity(
        UserId.of(claims.getSubject()),
        claims.getStringClaim("email"),
        Optional.ofNullable(claims.getStringClaim("tenant")).map(TenantId::of),
        claims.getStringClaim("origin_jti"));
  }

  /** Time comes from our clock, which on one machine may not be the machine's. */
  private static final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {

    private final Clock clock;

    Claims(Settings settings, Clock clock) {
      super(
          new JWTClaimsSet.Builder()
              .issuer(settings.tokenIssuer().toString())
              .claim("token_use", "access")
              .claim("client_id", settings.tokenClient())
              .build(),
          Set.of("sub", "exp", "iat", "email", "origin_jti"));
      this.clock = clock;
    }

    @Override
    protected @Nullable Date currentTime() {
      return Date.from(clock.instant());
    }
  }
}
