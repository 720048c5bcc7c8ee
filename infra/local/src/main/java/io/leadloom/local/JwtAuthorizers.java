package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.leadloom.local.template.Authorizer;
import java.text.ParseException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks bearer tokens: signed with an RSA key that the issuer publishes, of that issuer, for that
 * audience, valid by the stack's clock, and of a scope that the route asks for.
 */
final class JwtAuthorizers {

  private static final Logger LOG = LoggerFactory.getLogger(JwtAuthorizers.class);

  private final Map<String, DefaultJWTProcessor<SecurityContext>> issuers =
      new ConcurrentHashMap<>();
  private final Clock clock;

  JwtAuthorizers(Clock clock) {
    this.clock = clock;
  }

  Admission admit(Authorizer.Jwt authorizer, ApiRequest request) {
    var token = request.identity(authorizer.identitySource(), Json.object());
    if (token.regionMatches(true, 0, "Bearer ", 0, 7)) {
      token = token.substring(7).strip();
    }
    if (token.isBlank()) {
      return challenge(401, "Unauthorized", "Bearer");
    }
    JsonNode claims;
    try {
      claims = verified(authorizer, token);
    } catch (ParseException | BadJOSEException e) {
      return invalid(authorizer, String.valueOf(e.getMessage()));
    } catch (KeySourceException e) {
      LOG.warn("{}: {}", authorizer.name(), e.getMessage());
      return invalid(authorizer, "OIDC discovery endpoint communication error");
    } catch (JOSEException e) {
      return invalid(authorizer, String.valueOf(e.getMessage()));
    }
    var wrong = wrong(authorizer, claims);
    if (wrong.isPresent()) {
      return invalid(authorizer, wrong.get());
    }
    var scopes = scopes(claims);
    if (!authorizer.scopes().isEmpty()
        && scopes.stream().noneMatch(authorizer.scopes()::contains)) {
      return challenge(403, "Forbidden", bearer(authorizer) + " error=\"insufficient_scope\"");
    }
    return new Admission.Admitted(Optional.of(told(authorizer, claims, scopes)));
  }

  private JsonNode verified(Authorizer.Jwt authorizer, String token)
      throws ParseException, BadJOSEException, JOSEException {
    var jwt = SignedJWT.parse(token);
    issuers.computeIfAbsent(authorizer.issuer(), JwtAuthorizers::processor).process(jwt, null);
    return Json.parse(jwt.getPayload().toBytes());
  }

  private static DefaultJWTProcessor<SecurityContext> processor(String issuer) {
    var processor = new DefaultJWTProcessor<SecurityContext>();
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(JWSAlgorithm.Family.RSA, new IssuerKeys(issuer)));
    // Access tokens have types of their own, and the claims are judged by another clock here.
    processor.setJWSTypeVerifier((type, context) -> {});
    processor.setJWTClaimsSetVerifier((claims, context) -> {});
    return processor;
  }

  private Optional<String> wrong(Authorizer.Jwt authorizer, JsonNode claims) {
    var now = clock.instant().getEpochSecond();
    var audience = claims.has("aud") ? texts(claims.path("aud")) : texts(claims.path("client_id"));
    if (!claims.path("iss").asText().equals(authorizer.issuer())) {
      return Optional.of("the token has an invalid issuer");
    }
    if (audience.stream().noneMatch(authorizer.audiences()::contains)) {
      return Optional.of("the token does not have a valid audience");
    }
    if (claims.path("exp").asLong() <= now) {
      return Optional.of("the token has expired");
    }
    if (claims.path("nbf").asLong() > now || claims.path("iat").asLong() > now) {
      return Optional.of("the token is not valid yet");
    }
    return Optional.empty();
  }

  private static ObjectNode told(Authorizer.Jwt authorizer, JsonNode claims, List<String> scopes) {
    var told = Json.object();
    var jwt = told.putObject("jwt");
    var texts = jwt.putObject("claims");
    for (var claim : claims.properties()) {
      if (!claim.getValue().isNull()) {
        texts.put(claim.getKey(), text(claim.getValue()));
      }
    }
    if (authorizer.scopes().isEmpty()) {
      jwt.putNull("scopes");
    } else {
      scopes.forEach(jwt.putArray("scopes")::add);
    }
    return told;
  }

  /** A claim as functions get it: a list without commas in brackets, for example. */
  private static String text(JsonNode claim) {
    if (claim.isArray()) {
      return "[" + String.join(" ", texts(claim)) + "]";
    }
    return claim.isObject() ? claim.toString() : claim.asText();
  }

  private static List<String> scopes(JsonNode claims) {
    var claim = claims.path(claims.has("scp") ? "scp" : "scope");
    return claim.isArray() ? texts(claim) : List.of(claim.asText().split(" "));
  }

  private static List<String> texts(JsonNode oneOrMany) {
    var texts = new ArrayList<String>();
    if (oneOrMany.isArray()) {
      oneOrMany.forEach(each -> texts.add(each.asText()));
    } else if (!oneOrMany.isMissingNode()) {
      texts.add(oneOrMany.asText());
    }
    return texts;
  }

  private static Admission invalid(Authorizer.Jwt authorizer, String why) {
    return challenge(
        401,
        "Unauthorized",
        bearer(authorizer)
            + " error=\"invalid_token\" error_description=\""
            + why.replaceAll("[^ -~]", " ").replace('"', '\'')
            + "\"");
  }

  private static String bearer(Authorizer.Jwt authorizer) {
    return "Bearer scope=\"" + String.join(" ", authorizer.scopes()) + "\"";
  }

  private static Admission challenge(int status, String message, String challenge) {
    return new Admission.Refused(status, message, Map.of("www-authenticate", challenge));
  }
}
