package io.leadloom.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.model.ApiKey;
import io.leadloom.model.KeyId;
import io.leadloom.model.Permission;
import io.leadloom.model.Role;
import io.leadloom.model.TenantId;
import io.leadloom.model.UserId;
import io.leadloom.platform.ApiKeys;
import io.leadloom.platform.Caller;
import io.leadloom.platform.Sessions;
import io.leadloom.platform.Settings;
import io.leadloom.platform.Teams;
import io.leadloom.platform.Tenants;
import io.leadloom.testkit.Crashes;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Organisations, their people and their keys. */
class TeamsApiTest {

  private static final String NEW_TENANT =
      "{\"name\":\"Brightwater Fire\",\"pack\":\"fire-safety\",\"sender\":{\"name\":\"Nina Ode\","
          + "\"email\":\"nina@brightwater.example\",\"postalAddress\":\"1 Alder Way, Austin\"}}";

  @RegisterExtension final Platform platform = new Platform();

  private ApiHandler handler;
  private ApiClient owner;

  @BeforeEach
  void start() {
    scene();
    handler = new ApiHandler();
    owner = ApiClient.of(handler, Samples.TENANT, Role.OWNER);
  }

  private void scene() {
    platform.bean(Tenants.class).create(Samples.tenant());
    Colleagues.of(platform, Samples.TENANT);
  }

  @Test
  void aNewcomerFoundsAnOrganisationAndOwnsIt() {
    var nina = ApiClient.newcomer(handler, "nina");
    var founded = nina.post("/v1/tenants", "k1", NEW_TENANT);
    assertThat(founded.status()).as(founded.text()).isEqualTo(201);
    var tenant = TenantId.of(founded.body().path("id").asText());
    assertThat(tenant.value()).startsWith("brightwater-fire-");
    var user = UserId.of("nina");
    assertThat(platform.bean(Teams.class).get(tenant).get(user).role()).isEqualTo(Role.OWNER);
    assertThat(platform.bean(Sessions.class).chosen(user)).contains(tenant);
    var kept = platform.bean(Tenants.class).get(tenant);
    assertThat(kept.sender().domain()).isEqualTo("brightwater.example");
    assertThat(kept.sender().postalAddress()).isEqualTo("1 Alder Way, Austin");

    // Asked again, by now with a token that is for the tenant.
    var again =
        ApiClient.of(handler, "nina", tenant, Role.OWNER).post("/v1/tenants", "k1", NEW_TENANT);
    assertThat(again.text()).isEqualTo(founded.text());
    assertThat(platform.bean(Teams.class).tenantsOf(user)).containsExactly(tenant);
    var me = ApiClient.of(handler, "nina", tenant, Role.OWNER).get("/v1/me").body();
    assertThat(me.at("/tenant/role").asText()).isEqualTo("owner");
    assertThat(me.path("tenants")).hasSize(1);
    assertThat(me.path("permissions")).hasSize(Permission.values().length);
  }

  @Test
  void aNewcomerMayDoNothingElse() {
    var nina = ApiClient.newcomer(handler, "nina");
    var refused = nina.get("/v1/leads");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body().path("code").asText()).isEqualTo("tenant.none");
    assertThat(nina.post("/v1/me/leave", null).status()).isEqualTo(403);
    var me = nina.get("/v1/me");
    assertThat(me.body().path("user").asText()).isEqualTo("nina");
    assertThat(me.body().has("tenant")).isFalse();
    assertThat(me.body().path("permissions")).isEmpty();
  }

  @Test
  void aNewcomersRequestsAreCountedToo() {
    platform.setting("API_REQUESTS_PER_MINUTE", "12");
    var nina = ApiClient.newcomer(new ApiHandler(), "nina");
    assertThat(nina.get("/v1/me").status()).isEqualTo(200);
    assertThat(nina.get("/v1/me").status()).isEqualTo(200);
    assertThat(nina.get("/v1/me").status()).isEqualTo(429);
  }

  @Test
  void aProgramIsNobodyWhoFoundsOrJoins() {
    var program = program(Role.OWNER, Permission.all());
    assertThat(program.post("/v1/tenants", NEW_TENANT).status()).isEqualTo(403);
    assertThat(program.post("/v1/invitations/accept", "{\"code\":\"x\"}").status()).isEqualTo(403);
    assertThat(program.get("/v1/me").body().path("actor").asText()).isEqualTo("key:k9");
  }

  @Test
  void anInvitedPersonJoinsByTheCodeAndNobodyElseDoes() {
    var made =
        owner.post("/v1/invitations", "k1", "{\"email\":\"kim@acme.example\",\"role\":\"member\"}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    var code = made.body().path("code").asText();
    assertThat(owner.get("/v1/invitations").body().path("invitations")).hasSize(2);
    var body = "{\"code\":\"" + code + "\"}";
    // The code is told again to whoever asked, and kept for nobody to read.
    assertThat(
            owner
                .post(
                    "/v1/invitations", "k1", "{\"email\":\"kim@acme.example\",\"role\":\"member\"}")
                .body()
                .path("code")
                .asText())
        .isEqualTo(code);

    var lou = ApiClient.newcomer(handler, "lou").post("/v1/invitations/accept", body);
    assertThat(lou.status()).isEqualTo(404);
    var kim = ApiClient.newcomer(handler, "kim").post("/v1/invitations/accept", body);
    assertThat(kim.status()).as(kim.text()).isEqualTo(200);
    assertThat(kim.body().path("role").asText()).isEqualTo("member");
    assertThat(platform.bean(Sessions.class).chosen(UserId.of("kim"))).contains(Samples.TENANT);
    assertThat(owner.get("/v1/members").body().path("members")).hasSize(5);
    assertThat(ApiClient.newcomer(handler, "kim").post("/v1/invitations/accept", body).status())
        .as("a second time, as after a lost answer")
        .isEqualTo(200);
    assertThat(owner.get("/v1/members").body().path("members")).hasSize(5);
  }

  @Test
  void aWithdrawnInvitationOpensNothing() {
    var seen = owner.get("/v1/invitations").header("etag");
    assertThat(owner.change("DELETE", "/v1/invitations/invitation-1", seen, null).status())
        .isEqualTo(204);
    assertThat(
            ApiClient.newcomer(handler, "nina")
                .post(
                    "/v1/invitations/accept",
                    "{\"code\":\"" + Colleagues.code(Samples.TENANT) + "\"}")
                .status())
        .isEqualTo(404);
    assertThat(owner.change("DELETE", "/v1/invitations/invitation-1", "*", null).status())
        .isEqualTo(404);
  }

  /**
   * Who changes whose role to what: nobody lifts anyone above themself, or touches who is above.
   */
  @ParameterizedTest
  @CsvSource({
    "ADMIN, vic, admin, 200",
    "ADMIN, vic, owner, 403",
    "ADMIN, robin, viewer, 403",
    "OWNER, ada, owner, 200",
    "OWNER, robin, admin, 409",
    "MEMBER, vic, viewer, 403",
  })
  void rolesAreGivenUpToOnesOwn(Role by, String whom, String role, int status) {
    var client = ApiClient.of(handler, "somebody", Samples.TENANT, by);
    var answer = client.change("PATCH", "/v1/members/" + whom, "*", "{\"role\":\"" + role + "\"}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
  }

  @Test
  void aChangeOfTheTeamNeedsWhatWasSeenOfIt() {
    var seen = owner.get("/v1/members/vic").header("etag");
    var changed = owner.change("PATCH", "/v1/members/mel", seen, "{\"role\":\"viewer\"}");
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(owner.change("DELETE", "/v1/members/vic", seen, null).status()).isEqualTo(412);
    assertThat(owner.change("DELETE", "/v1/members/vic", changed.header("etag"), null).status())
        .isEqualTo(204);
    assertThat(owner.get("/v1/members/vic").status()).isEqualTo(404);
  }

  @Test
  void theLastOwnerNeitherLeavesNorIsRemoved() {
    assertThat(owner.change("DELETE", "/v1/members/robin", "*", null).status()).isEqualTo(409);
    assertThat(owner.post("/v1/me/leave", null).status()).isEqualTo(409);
    var vic = ApiClient.of(handler, "vic", Samples.TENANT, Role.VIEWER);
    assertThat(vic.post("/v1/me/leave", null).status()).isEqualTo(204);
    assertThat(owner.get("/v1/members/vic").status()).isEqualTo(404);
  }

  @Test
  void aPersonChoosesAmongTheirOwnOrganisations() {
    platform.bean(Tenants.class).create(Others.tenant());
    var robin = platform.bean(Sessions.class);
    var refused = owner.post("/v1/me/tenant", "{\"tenantId\":\"globex\"}");
    assertThat(refused.status()).isEqualTo(404);
    assertThat(owner.post("/v1/me/tenant", "{\"tenantId\":\"nowhere\"}").text())
        .isEqualTo(refused.text().replace("globex", "nowhere"));
    Colleagues.of(platform, Samples.OTHER_TENANT);
    assertThat(owner.post("/v1/me/tenant", "{\"tenantId\":\"globex\"}").status()).isEqualTo(200);
    assertThat(robin.chosen(UserId.of("robin"))).contains(Samples.OTHER_TENANT);
  }

  @Test
  void signingOutEndsTheSession() {
    assertThat(owner.post("/v1/me/sign-out", null).status()).isEqualTo(204);
    assertThat(platform.bean(Sessions.class).ended("session-robin")).isTrue();
  }

  @Test
  void aKeyIsToldOnceAndOpensItsTenant() {
    var made =
        owner.post(
            "/v1/keys",
            "k1",
            "{\"name\":\"CRM\",\"role\":\"member\",\"scopes\":[\"leads:read\"],\"days\":30}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    var text = made.body().path("text").asText();
    var key = found(text);
    assertThat(key.scopes()).containsExactly(Permission.READ_LEADS);
    assertThat(key.expiresAt()).isEqualTo(platform.clock().instant().plus(Duration.ofDays(30)));
    var id = made.body().at("/key/id").asText();
    assertThat(owner.get("/v1/keys").text()).contains(id).doesNotContain(text);
    assertThat(owner.get("/v1/keys/" + id).text()).doesNotContain(text);
    assertThat(
            owner
                .post(
                    "/v1/keys",
                    "k1",
                    "{\"name\":\"CRM\",\"role\":\"member\",\"scopes\":[\"leads:read\"],\"days\":30}")
                .text())
        .isEqualTo(made.text());
  }

  @Test
  void aRotatedKeyWorksUnderBothTextsForAsLongAsIsAsked() {
    var admin = ApiClient.of(handler, "ada", Samples.TENANT, Role.ADMIN);
    var rotated = admin.post("/v1/keys/key-1/rotation", "{\"overlapHours\":2}");
    assertThat(rotated.status()).as(rotated.text()).isEqualTo(201);
    var key = found(rotated.body().path("text").asText());
    var old = ApiKeys.text("of-acme").hash();
    var now = platform.clock().instant();
    assertThat(key.opens(key.hash(), now)).contains("user:ada");
    assertThat(key.opens(old, now)).contains("user:robin");
    assertThat(key.opens(old, now.plus(Duration.ofHours(2)))).isEmpty();
  }

  @Test
  void aRevokedKeyStaysRevoked() {
    var seen = owner.get("/v1/keys/key-1").header("etag");
    assertThat(owner.change("DELETE", "/v1/keys/key-1", seen, null).status()).isEqualTo(204);
    assertThat(owner.change("DELETE", "/v1/keys/key-1", seen, null).status()).isEqualTo(412);
    var key = platform.bean(ApiKeys.class).get(Samples.TENANT, KeyId.of("key-1"));
    assertThat(key.opens(key.hash(), Instant.MAX)).isEmpty();
    assertThat(owner.post("/v1/keys/key-1/rotation", "{}").status()).isEqualTo(422);
    assertThat(owner.get("/v1/keys").body().at("/keys/0/revokedAt").isMissingNode()).isFalse();
  }

  @Test
  void aKeyMakesNoKeyThatMayMoreThanItself() {
    var admin = program(Role.ADMIN, Set.of(Permission.WRITE_KEYS, Permission.READ_LEADS));
    assertThat(admin.post("/v1/keys", "{\"name\":\"X\",\"role\":\"owner\"}").status())
        .isEqualTo(403);
    assertThat(
            admin
                .post(
                    "/v1/keys", "{\"name\":\"X\",\"role\":\"member\",\"scopes\":[\"leads:write\"]}")
                .status())
        .isEqualTo(403);
    var lesser = admin.post("/v1/keys", "{\"name\":\"X\",\"role\":\"member\"}");
    assertThat(lesser.body().at("/key/scopes").toString()).isEqualTo("[\"leads:read\"]");
    var writer = program(Role.ADMIN, Set.of(Permission.WRITE_KEYS));
    assertThat(writer.post("/v1/keys/key-1/rotation", "{}").status()).isEqualTo(403);
    assertThat(writer.change("DELETE", "/v1/keys/key-1", "*", null).status()).isEqualTo(403);
  }

  @Test
  void foundingSurvivesACrash() {
    Crashes.on(platform)
        // A newcomer's request may be counted twice; a sealed answer looks different each time.
        .forgiving("limit")
        .everywhere(
            () -> {},
            () ->
                ApiClient.newcomer(new ApiHandler(), "nina")
                    .post("/v1/tenants", "k1", NEW_TENANT)
                    .text());
  }

  @Test
  void invitingAndMakingKeysSurviveACrash() {
    for (var what :
        new String[][] {
          {"/v1/invitations", "{\"email\":\"kim@acme.example\",\"role\":\"member\"}"},
          {"/v1/keys", "{\"name\":\"CRM\",\"role\":\"member\"}"},
          {"/v1/keys/key-1/rotation", "{}"}
        }) {
      Crashes.on(platform)
          // Counted twice is harmless; a sealed answer looks different each time it is sealed.
          .forgiving("limit", "request.body")
          .everywhere(
              this::scene,
              () ->
                  ApiClient.of(new ApiHandler(), Samples.TENANT, Role.OWNER)
                      .post(what[0], "k1", what[1])
                      .text());
    }
  }

  @Test
  void joiningSurvivesACrash() {
    Crashes.on(platform)
        .forgiving("limit")
        .everywhere(
            this::scene,
            () ->
                ApiClient.newcomer(new ApiHandler(), "nina")
                    .post(
                        "/v1/invitations/accept",
                        "k1",
                        "{\"code\":\"" + Colleagues.code(Samples.TENANT) + "\"}")
                    .text());
  }

  @Test
  void noTextOfAKeyOrCodeOfAnInvitationLiesInTheTable() {
    var key = owner.post("/v1/keys", "{\"name\":\"CRM\",\"role\":\"member\"}");
    var invited =
        owner.post("/v1/invitations", "{\"email\":\"kim@acme.example\",\"role\":\"member\"}");
    var table = platform.bean(Settings.class).table();
    var all = platform.bean(DynamoDbClient.class).scan(b -> b.tableName(table)).toString();
    assertThat(all)
        .contains(key.body().at("/key/id").asText())
        .doesNotContain(key.body().path("text").asText())
        .doesNotContain(invited.body().path("code").asText());
  }

  private ApiKey found(String text) {
    var found = platform.bean(ApiKeys.class).holderOf(new ApiKeys.Text(text));
    assertThat(found.map(ApiKeys.Found::tenant)).contains(Samples.TENANT);
    return Objects.requireNonNull(found.orElseThrow().key());
  }

  private ApiClient program(Role role, Set<Permission> scopes) {
    return ApiClient.program(handler, new Caller(Samples.TENANT, "key:k9", role, scopes));
  }
}
