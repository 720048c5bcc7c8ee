package io.leadloom.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.leadloom.model.UserId;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;

/** Makes the tokens of sessions. */
final class IssuedTokens {

  /**
   * How long access tokens last: the longest that Cognito allows, so that curl users have a day.
   */
  static final Duration ACCESS = Duration.ofDays(1);

  /** How long a session lasts. */
  static final Duration REFRESH = Duration.ofDays(30);

  private final RSAKey key;
  private final URI issuer;
  private final Clock clock;

  IssuedTokens(RSAKey key, URI issuer, Clock clock) {
    this.key = key;
    this.issuer = issuer;
    this.clock = clock;
  }

  /** An access token with the trigger's claims. */
  String access(Session session, JsonNode more) {
    var claims =
        claims(session, "access", clock.instant().plus(ACCESS))
            .claim("client_id", LocalIssuer.CLIENT)
            .claim("scope", "openid email")
            .claim("username", session.user().value());
    more.properties().forEach(claim -> claims.claim(claim.getKey(), claim.getValue().asText()));
    return signed(claims.build());
  }

  /** A token that gets new access tokens as long as the session lasts. */
  String refresh(Session session) {
    return signed(
        claims(session, "refresh", session.signedIn().plus(REFRESH))
            .claim("email", session.email())
            .build());
  }

  /** The session of a refresh token of ours that has not expired. */
  Optional<Session> session(String refreshToken) {
    try {
      var token = SignedJWT.parse(refreshToken);
      var claims = token.getJWTClaimsSet();
      if (!token.getHeader().getAlgorithm().equals(JWSAlgorithm.RS256)
          || !token.verify(new RSASSAVerifier(key.toRSAPublicKey()))
          || !"refresh".equals(claims.getStringClaim("token_use"))
          || !claims.getExpirationTime().toInstant().isAfter(clock.instant())) {
        return Optional.empty();
      }
      return Optional.of(
          new Session(
              claims.getStringClaim("origin_jti"),
              UserId.of(claims.getSubject()),
              claims.getStringClaim("email"),
              claims.getDateClaim("auth_time").toInstant()));
    } catch (ParseException | JOSEException e) {
      return Optional.empty();
    }
  }

  private JWTClaimsSet.Builder claims(Session session, String use, Instant expires) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer.toString())
        .subject(session.user().value())
        .jwtID(UUID.randomUUID().toString())
        .claim("origin_jti", session.id())
        .claim("token_use", use)
        .claim("auth_time", session.signedIn().getEpochSecond())
        .issueTime(Date.from(clock.instant()))
        .expirationTime(Date.from(expires));
  }

  private String signed(JWTClaimsSet claims) {
    try {
      var token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("The local issuer's key cannot sign", e);
    }
  }
}
