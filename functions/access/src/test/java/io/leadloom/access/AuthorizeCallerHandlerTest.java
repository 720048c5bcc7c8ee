package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.leadloom.identity.IssuerKeys;
import io.leadloom.identity.LocalIssuer;
import io.leadloom.model.ApiKey;
import io.leadloom.model.KeyId;
import io.leadloom.model.Permission;
import io.leadloom.model.Role;
import io.leadloom.model.TenantId;
import io.leadloom.platform.ApiKeys;
import io.leadloom.platform.Caller;
import io.leadloom.platform.Sessions;
import io.leadloom.platform.Teams;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import java.time.Duration;
import java.util.Date;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizeCallerHandlerTest {

  private static final String DANA = "dana@acme.example";

  @RegisterExtension
  @org.junit.jupiter.api.Order(1)
  final Platform platform = new Platform();

  @RegisterExtension
  @org.junit.jupiter.api.Order(2)
  final People people = new People(platform);

  @ParameterizedTest
  @EnumSource(Role.class)
  void aMemberIsAllowedInWithTheRoleOfTheMoment(Role role) {
    var dana = people.member(Samples.TENANT, DANA, role);
    var context = allowed(token(DANA));
    assertThat(context.path("tenantId").asText()).isEqualTo("acme");
    assertThat(context.path("actor").asText()).isEqualTo("user:" + dana);
    assertThat(context.path("role").asText()).isEqualTo(role.code());
    assertThat(context.path("scopes").asText().split(" ")).hasSize(Permission.values().length);
    assertThat(context.path("email").asText()).isEqualTo(DANA);
  }

  @Test
  void aChangedRoleCountsForTokensMadeBefore() {
    var dana = people.member(Samples.TENANT, DANA, Role.ADMIN);
    var token = token(DANA);
    var teams = platform.bean(Teams.class);
    teams.change(Samples.TENANT, team -> team.changeRole(Role.OWNER, dana, Role.VIEWER));
    assertThat(allowed(token).path("role").asText()).isEqualTo("viewer");
    teams.change(Samples.TENANT, team -> team.remove(Role.OWNER, dana));
    denied(token);
  }

  @Test
  void anEndedSessionEndsAllItsTokensAndNoOthers() {
    people.member(Samples.TENANT, DANA, Role.MEMBER);
    var session = people.signIn(DANA);
    var other = token(DANA);
    var refreshed = people.refresh(session.path("refresh_token").asText());
    allowed(refreshed.path("access_token").asText());
    people.revoke(session.path("refresh_token").asText());
    denied(session.path("access_token").asText());
    denied(refreshed.path("access_token").asText());
    assertThat(people.refresh(session.path("refresh_token").asText()).path("error").asText())
        .isEqualTo("invalid_grant");
    allowed(other);
  }

  @Test
  void aTokenIsForTheTenantThatWasChosenAndAPersonBelongsTo() {
    var dana = people.member(Samples.TENANT, DANA, Role.MEMBER);
    people.member(Samples.OTHER_TENANT, DANA, Role.VIEWER);
    var sessions = platform.bean(Sessions.class);
    assertThat(allowed(token(DANA)).path("tenantId").asText()).isEqualTo("acme");
    sessions.choose(dana, Samples.OTHER_TENANT);
    assertThat(allowed(token(DANA)).path("tenantId").asText()).isEqualTo("globex");
    sessions.choose(dana, TenantId.of("initech"));
    assertThat(allowed(token(DANA)).path("tenantId").asText()).isEqualTo("acme");
  }

  @Test
  void whoBelongsToNoTenantIsAPersonWithoutOne() {
    var context = allowed(token("new@nowhere.example"));
    assertThat(context.has("tenantId")).isFalse();
    assertThat(context.path("email").asText()).isEqualTo("new@nowhere.example");
  }

  @Test
  void aTokenLastsADayAndASessionThirty() {
    people.member(Samples.TENANT, DANA, Role.MEMBER);
    var session = people.signIn(DANA);
    platform.clock().advance(Duration.ofHours(23));
    allowed(session.path("access_token").asText());
    platform.clock().advance(Duration.ofHours(2));
    denied(session.path("access_token").asText());
    allowed(people.refresh(session.path("refresh_token").asText()).path("access_token").asText());
    platform.clock().advance(Duration.ofDays(30));
    assertThat(people.refresh(session.path("refresh_token").asText()).path("error").asText())
        .isEqualTo("invalid_grant");
  }

  @Test
  void theIssuerRefusesAWrongPassword() {
    assertThat(
            people
                .post("/oauth2/token", "grant_type=password&username=a@b.example&password=guess")
                .path("error")
                .asText())
        .isEqualTo("invalid_grant");
    assertThat(people.get("/.well-known/openid-configuration").path("issuer").asText())
        .isEqualTo(people.issuer().uri().toString());
    assertThat(people.get("/.well-known/jwks.json").toString())
        .contains("\"kid\"")
        .doesNotContain("\"d\"");
  }

  @Test
  void aRefreshTokenIsNoAccessToken() {
    people.member(Samples.TENANT, DANA, Role.MEMBER);
    denied(people.signIn(DANA).path("refresh_token").asText());
  }

  /** Each token below is right but for one thing, so each check is seen to count. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "right",
        "other issuer",
        "other client",
        "identity token",
        "expired",
        "not yet valid",
        "without expiry",
        "without subject",
        "without address",
        "without session",
        "key of somebody else",
        "shared secret",
        "unsigned",
        "foreign tenant"
      })
  void onlyARightTokenOpens(String what) throws JOSEException {
    people.member(Samples.TENANT, DANA, Role.OWNER);
    people.member(Samples.OTHER_TENANT, "gil@globex.example", Role.OWNER);
    var now = platform.clock().instant();
    var token =
        switch (what) {
          case "other issuer" -> signed(c -> c.issuer("https://issuer.example"));
          case "other client" -> signed(c -> c.claim("client_id", "another"));
          case "identity token" -> signed(c -> c.claim("token_use", "id"));
          case "expired" -> signed(c -> c.expirationTime(Date.from(now.minusSeconds(120))));
          case "not yet valid" -> signed(c -> c.notBeforeTime(Date.from(now.plusSeconds(120))));
          case "without expiry" -> signed(c -> c.expirationTime(null));
          case "without subject" -> signed(c -> c.subject(null));
          case "without address" -> signed(c -> c.claim("email", null));
          case "without session" -> signed(c -> c.claim("origin_jti", null));
          case "foreign tenant" -> signed(c -> c.claim("tenant", "globex"));
          case "key of somebody else" -> signed(IssuerKeys.generate(), claims(c -> {}));
          case "shared secret" -> {
            // The public key as an HMAC secret: the classic confusion of algorithms.
            var jwt =
                new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(People.keys().signing().getKeyID())
                        .build(),
                    claims(c -> {}));
            jwt.sign(new MACSigner(People.keys().signing().toRSAPublicKey().getEncoded()));
            yield jwt.serialize();
          }
          case "unsigned" -> new PlainJWT(claims(c -> {})).serialize();
          default -> signed(c -> {});
        };
    assertThat(call("Bearer " + token).path("isAuthorized").asBoolean())
        .as(what)
        .isEqualTo(what.equals("right"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer ", "Basic YTpi", "Bearer x.y.z", "Bearer llk_no"})
  void whatIsNoCredentialIsDenied(String header) {
    assertThat(call(header).toString()).isEqualTo("{\"isAuthorized\":false}");
  }

  @Test
  void anApiKeyOpensItsTenantAsFarAsItsScopes() {
    var text = key("k1", null);
    var context = allowed(text.value());
    assertThat(context.path("tenantId").asText()).isEqualTo("acme");
    assertThat(context.path("actor").asText()).isEqualTo("key:k1");
    assertThat(context.path("role").asText()).isEqualTo("member");
    assertThat(context.path("scopes").asText()).isEqualTo("leads:read");
    assertThat(context.has("user")).isFalse();
  }

  @Test
  void theTextOfAnApiKeyIsNotKept() {
    var text = key("k1", null);
    var kept = platform.bean(ApiKeys.class).get(Samples.TENANT, KeyId.of("k1"));
    assertThat(kept.toString()).doesNotContain(text.value());
    assertThat(text.value()).startsWith(kept.start()).hasSizeGreaterThan(40);
  }

  @Test
  void aRevokedOrExpiredKeyOpensNothing() {
    var keys = platform.bean(ApiKeys.class);
    var revoked = key("k1", null);
    allowed(revoked.value());
    keys.change(
        Samples.TENANT,
        keys.get(Samples.TENANT, KeyId.of("k1")).revoked(platform.clock().instant()));
    denied(revoked.value());
    var expiring = key("k2", Duration.ofHours(1));
    allowed(expiring.value());
    platform.clock().advance(Duration.ofHours(1));
    denied(expiring.value());
  }

  @Test
  void aRotatedKeyWorksUnderBothTextsForAWhile() {
    var keys = platform.bean(ApiKeys.class);
    var before = key("k1", null);
    var after = ApiKeys.text("another secret that is told once only");
    keys.rotate(
        Samples.TENANT,
        keys.get(Samples.TENANT, KeyId.of("k1"))
            .rotated(
                after.start(),
                after.hash(),
                Caller.actor(LocalIssuer.user(DANA)),
                platform.clock().instant().plusSeconds(3600)),
        Samples.auditEntry());
    allowed(before.value());
    allowed(after.value());
    platform.clock().advance(Duration.ofHours(1));
    denied(before.value());
    allowed(after.value());
  }

  @Test
  void aKeyMayNoMoreThanWhoWasToldItsText() {
    var text = key("k1", null);
    var teams = platform.bean(Teams.class);
    var dana = LocalIssuer.user(DANA);
    teams.change(Samples.TENANT, team -> team.changeRole(Role.OWNER, dana, Role.VIEWER));
    assertThat(allowed(text.value()).path("role").asText()).isEqualTo("viewer");
    teams.change(Samples.TENANT, team -> team.leave(dana));
    denied(text.value());
  }

  @Test
  void whoRotatesAKeyTakesItOver() {
    var keys = platform.bean(ApiKeys.class);
    var before = key("k1", null);
    var after = ApiKeys.text("another secret that is told once only");
    var olga = people.member(Samples.TENANT, "olga@acme.example", Role.OWNER);
    keys.rotate(
        Samples.TENANT,
        keys.get(Samples.TENANT, KeyId.of("k1"))
            .rotated(
                after.start(),
                after.hash(),
                Caller.actor(olga),
                platform.clock().instant().plusSeconds(3600)),
        Samples.auditEntry());
    platform.bean(Teams.class).change(Samples.TENANT, team -> team.leave(LocalIssuer.user(DANA)));
    denied(before.value());
    allowed(after.value());
  }

  @Test
  void theLastUseOfAKeyIsNotedEveryFiveMinutes() {
    var keys = platform.bean(ApiKeys.class);
    var text = key("k1", null);
    assertThat(keys.get(Samples.TENANT, KeyId.of("k1")).lastUsedAt()).isNull();
    var first = platform.clock().instant();
    allowed(text.value());
    platform.clock().advance(Duration.ofMinutes(4));
    allowed(text.value());
    assertThat(keys.get(Samples.TENANT, KeyId.of("k1")).lastUsedAt()).isEqualTo(first);
    platform.clock().advance(Duration.ofMinutes(4));
    allowed(text.value());
    assertThat(keys.get(Samples.TENANT, KeyId.of("k1")).lastUsedAt())
        .isEqualTo(platform.clock().instant());
  }

  private ApiKeys.Text key(String id, @Nullable Duration lasting) {
    var dana = LocalIssuer.user(DANA);
    if (platform
        .bean(Teams.class)
        .find(Samples.TENANT)
        .flatMap(team -> team.find(dana))
        .isEmpty()) {
      people.member(Samples.TENANT, DANA, Role.MEMBER);
    }
    var text = ApiKeys.text("the secret of " + id + " that is told once only");
    var now = platform.clock().instant();
    platform
        .bean(ApiKeys.class)
        .create(
            Samples.TENANT,
            new ApiKey(
                KeyId.of(id),
                "CRM",
                text.start(),
                text.hash(),
                Role.MEMBER,
                Set.of(Permission.READ_LEADS),
                Caller.actor(dana),
                Caller.actor(dana),
                now,
                lasting == null ? null : now.plus(lasting),
                null,
                null,
                null,
                0));
    return text;
  }

  private String token(String email) {
    return people.signIn(email).path("access_token").asText();
  }

  private JsonNode allowed(String credentials) {
    var answer = call("Bearer " + credentials);
    assertThat(answer.path("isAuthorized").asBoolean()).isTrue();
    return answer.path("context");
  }

  private void denied(String credentials) {
    assertThat(call("Bearer " + credentials).toString()).isEqualTo("{\"isAuthorized\":false}");
  }

  private JsonNode call(String authorization) {
    var event = Events.read("access/authorize-caller--token").deepCopy();
    ((ObjectNode) event.path("headers")).put("authorization", authorization);
    return Events.send(new AuthorizeCallerHandler(), event);
  }

  private String signed(Consumer<JWTClaimsSet.Builder> change) throws JOSEException {
    return signed(People.keys(), claims(change));
  }

  private static String signed(IssuerKeys keys, JWTClaimsSet claims) throws JOSEException {
    var jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(People.keys().signing().getKeyID())
                .build(),
            claims);
    jwt.sign(new RSASSASigner(keys.signing()));
    return jwt.serialize();
  }

  private JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
    var now = platform.clock().instant();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(people.issuer().uri().toString())
            .subject(LocalIssuer.user(DANA).value())
            .claim("client_id", LocalIssuer.CLIENT)
            .claim("token_use", "access")
            .claim("origin_jti", "s1")
            .claim("email", DANA)
            .claim("tenant", "acme")
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(600)));
    change.accept(claims);
    return claims.build();
  }
}
