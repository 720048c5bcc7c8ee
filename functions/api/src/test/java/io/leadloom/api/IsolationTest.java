package io.leadloom.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.leadloom.access.AuthorizeCallerHandler;
import io.leadloom.access.TokenClaimsHandler;
import io.leadloom.api.Operations.Operation;
import io.leadloom.identity.IssuerKeys;
import io.leadloom.identity.LocalIssuer;
import io.leadloom.model.ApiKey;
import io.leadloom.model.KeyId;
import io.leadloom.model.Member;
import io.leadloom.model.Permission;
import io.leadloom.model.Role;
import io.leadloom.model.Team;
import io.leadloom.model.TenantId;
import io.leadloom.model.UserId;
import io.leadloom.platform.ApiKeys;
import io.leadloom.platform.HttpRequest;
import io.leadloom.platform.Permits;
import io.leadloom.platform.Person;
import io.leadloom.platform.Sessions;
import io.leadloom.platform.Settings;
import io.leadloom.platform.Teams;
import io.leadloom.platform.Tenants;
import io.leadloom.rest.Api;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Every operation of the served document for every kind of caller, from the credentials on: what an
 * operation must refuse it refuses, and nobody reaches what is another tenant's by its ids. An
 * operation that is added is in the matrix by itself.
 *
 * <p>Each check of ours is left out once ({@link Hole}), and the matrix sees it: that is what tells
 * that it would see the check fail.
 */
class IsolationTest {

  private static final IssuerKeys KEYS = IssuerKeys.generate();
  private static final IssuerKeys OTHER_KEYS = IssuerKeys.generate();

  /** What only the sample tenant's records hold. */
  private static final List<String> MARKS =
      List.of("Brightwater", "Acme Fire", "@acme.example", "approval-0", "draft-0");

  @RegisterExtension final Platform platform = new Platform();

  private @Nullable LocalIssuer issuer;
  private ApiHandler handler;
  private Operations operations;
  private final Map<String, String> ids = new HashMap<>();

  /** A check, by what happens where it is left out. */
  enum Hole {
    NONE,
    /** Whoever signed a token, it counts as signed by the issuer. */
    SIGNATURE,
    /** A token counts after its end. */
    EXPIRY,
    /** An ended session goes on. */
    SESSION,
    /** Who is in no team counts as if they were. */
    MEMBERSHIP,
    /** A revoked key opens what it opened. */
    KEY_REVOCATION,
    /** A key opens beyond its end. */
    KEY_EXPIRY,
    /** Requests without credentials are let through. */
    CREDENTIALS,
    /** Every member counts as the owner. */
    ROLE,
    /** Every key has all scopes. */
    SCOPE,
    /** The tenant comes from what a request names. */
    TENANT_OF_TOKEN,
    /** Keys of the table hold another tenant than the caller's. */
    TENANT_IN_KEY,
    /** Requests work with the function's own credentials. */
    NARROWED_CREDENTIALS
  }

  @BeforeEach
  void start() {
    issuer =
        LocalIssuer.start(
            0,
            platform.clock(),
            () -> KEYS,
            () -> platform.bean(Sessions.class),
            event -> Events.send(new TokenClaimsHandler(), event));
    platform.setting("TOKEN_ISSUER", issuer.uri().toString());
    platform.setting("TOKEN_CLIENT", LocalIssuer.CLIENT);
    platform.setting("API_REQUESTS_PER_MINUTE", "1000000");
    platform.setting("WEBHOOK_TARGETS", "local");
    platform.bean(Tenants.class).create(Samples.tenant());
    platform.bean(Tenants.class).create(Others.tenant());
    Colleagues.of(platform, Samples.TENANT);
    platform
        .bean(Teams.class)
        .change(Samples.TENANT, team -> with(team, "nora", "nora@acme.example", Role.MEMBER));
    platform
        .bean(Teams.class)
        .create(
            Samples.OTHER_TENANT,
            Team.of(
                Samples.OTHER_TENANT,
                UserId.of("olga"),
                "olga@globex.example",
                platform.clock().instant()));
    platform
        .bean(Permits.class)
        .raise(Samples.TENANT, Samples.row(), Samples.lead(), Samples.signal());
    var lead = Waiting.enriched(platform);
    ids.put("companyId", Objects.toString(lead.companyId()));
    ids.put("contactId", Objects.toString(lead.contactId()));
    ids.put("phone", "+15125550199");
    Waiting.approval(platform, 0);
    handler = new ApiHandler();
    operations = new Operations(ApiClient.nobody(handler).get("/v1/openapi.json").body());
    var owner = ApiClient.of(handler, Samples.TENANT, Role.OWNER);
    ids.put("tenantId", Samples.TENANT.value());
    ids.put("leadId", Samples.lead().id().value());
    ids.put("approvalId", "approval-0");
    ids.put("draftId", "draft-0");
    ids.put("userId", "nora");
    var endpoint =
        owner
            .post("/v1/webhook-endpoints", "{\"url\":\"http://127.0.0.1:9/brightwater\"}")
            .header("location");
    ids.put("endpointId", endpoint.substring(endpoint.lastIndexOf('/') + 1));
    ids.put("deliveryId", owner.post(endpoint + "/test-event", null).body().path("id").asText());
    ids.put("owner", "nora");
    ids.put("keyId", "key-1");
    ids.put("invitationId", "invitation-1");
    ids.put("q", "bright");
    ids.put(
        "campaignId",
        owner
            .post("/v1/campaigns", "{\"name\":\"Brightwater in spring\",\"active\":true}")
            .body()
            .path("id")
            .asText());
    ids.put("replyId", Waiting.reply(platform).value());
    ids.put("sourceId", "brightwater-permits");
    owner.post(
        "/v1/sources",
        "{\"id\":\"brightwater-permits\",\"url\":\"https://data.example/d/abcd-1234\"}");
    ids.put(
        "importId",
        owner
            .post(
                "/v1/imports",
                "{\"source\":\"austin\",\"rows\":[{\"line\":1,\"fields\":{\"PERMIT #\":\"1\"}}]}")
            .body()
            .path("id")
            .asText());
    ids.put("runId", ids.getOrDefault("importId", ""));
  }

  @AfterEach
  void stop() {
    TableAccess.watch(UnaryOperator.identity());
    if (issuer != null) {
      issuer.close();
    }
  }

  @Test
  void whatHasNoRightCredentialsIsDeniedEverywhere() {
    assertThat(intruders(Hole.NONE)).isEmpty();
  }

  @Test
  void eachOperationIsForTheRolesAndScopesThatItSays() {
    assertThat(lesserCallers(Hole.NONE)).isEmpty();
  }

  @Test
  void nobodyReachesAnotherTenantByItsIds() {
    assertThat(strangers(Hole.NONE)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = Hole.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void theMatrixSeesEachCheckThatIsLeftOut(Hole hole) {
    var findings =
        switch (hole) {
          case NONE -> Stream.<String>empty();
          case SIGNATURE, EXPIRY, SESSION, MEMBERSHIP, KEY_REVOCATION, KEY_EXPIRY, CREDENTIALS ->
              intruders(hole);
          case ROLE, SCOPE -> lesserCallers(hole);
          case TENANT_OF_TOKEN, TENANT_IN_KEY, NARROWED_CREDENTIALS -> strangers(hole);
        };
    assertThat(findings.findFirst()).isPresent();
  }

  /** Which operations let in whom they must not, for all wrong credentials. */
  private Stream<String> intruders(Hole hole) {
    var wrong = wrongCredentials(hole);
    return operations.all().stream()
        .flatMap(operation ->
            wrong.entrySet().stream()
                .filter(intruder -> {
                  var answer = send(operation, intruder.getValue(), Hole.NONE, ids);
                  return answer.status() != 401;
                })
                .map(intruder -> operation + " lets in: " + intruder.getKey()));
  }

  private Map<String, String> wrongCredentials(Hole hole) {
    var now = platform.clock().instant();
    var soon = now.plusSeconds(600);
    platform.bean(Sessions.class).end("ended", now.plus(Duration.ofDays(1)));
    var wrong = new TreeMap<String, String>();
    wrong.put("nobody", hole == Hole.CREDENTIALS ? token("robin", soon) : "");
    wrong.put("no token", "x.y.z");
    wrong.put(
        "a token somebody else signed",
        token(hole == Hole.SIGNATURE ? KEYS : OTHER_KEYS, "robin", "acme", "s1", soon));
    wrong.put(
        "an expired token",
        token(KEYS, "robin", "acme", "s1", hole == Hole.EXPIRY ? soon : now.minusSeconds(120)));
    wrong.put(
        "a token of an ended session",
        token(KEYS, "robin", "acme", hole == Hole.SESSION ? "s1" : "ended", soon));
    wrong.put(
        "a token of a person who left", token(hole == Hole.MEMBERSHIP ? "robin" : "gone", soon));
    wrong.put(
        "a token of another tenant's owner",
        token(hole == Hole.MEMBERSHIP ? "robin" : "olga", soon));
    wrong.put("no API key", "llk_nothing");
    wrong.put(
        "a revoked API key",
        key("revoked", Role.OWNER, Permission.all(), null, hole != Hole.KEY_REVOCATION));
    wrong.put(
        "an expired API key",
        key(
            "expired",
            Role.OWNER,
            Permission.all(),
            hole == Hole.KEY_EXPIRY ? soon : now.minusSeconds(1),
            false));
    return wrong;
  }

  /** Which operations let in a role or scope they must not, or refuse one they should let in. */
  private Stream<String> lesserCallers(Hole hole) {
    return operations.all().stream()
        .filter(operation -> operation.permission().isPresent())
        .flatMap(operation ->
            Stream.concat(
                Stream.of(Role.values()).flatMap(role -> byRole(operation, role, hole).stream()),
                byScope(operation, hole).stream()));
  }

  private Optional<String> byRole(Operation operation, Role role, Hole hole) {
    var permission = operation.permission().orElseThrow();
    var user = Colleagues.ALL.get(Role.OWNER.ordinal() - role.ordinal());
    var soon = platform.clock().instant().plusSeconds(600);
    var answer = send(operation, token(user, soon), hole, ids);
    if (!role.may(permission)) {
      return problem(answer).equals("403 role.too-low")
          ? Optional.empty()
          : Optional.of("%s lets in a %s: %s".formatted(operation, role.code(), answer));
    }
    if (answer.status() == 401 || answer.status() == 403) {
      return Optional.of("%s refuses a %s: %s".formatted(operation, role.code(), answer));
    }
    // The first who may finds what the ids name; after that it may be removed.
    return role == permission.least() && answer.status() == 404
        ? Optional.of("%s does not find what there is: %s".formatted(operation, answer))
        : Optional.empty();
  }

  private Optional<String> byScope(Operation operation, Hole hole) {
    var permission = operation.permission().orElseThrow();
    var others = EnumSet.complementOf(EnumSet.of(permission));
    var key = key("without-" + permission.ordinal(), Role.OWNER, others, null, false);
    var answer = send(operation, key, hole, ids);
    return problem(answer).equals("403 scope.missing")
        ? Optional.empty()
        : Optional.of("%s lets in a key without %s: %s".formatted(operation, permission, answer));
  }

  /** Where the owner of another tenant sees, changes or gets wind of something by its ids. */
  private Stream<String> strangers(Hole hole) {
    var soon = platform.clock().instant().plusSeconds(600);
    var before = itemsOfAcme();
    var nothing = new HashMap<>(ids);
    nothing.replaceAll((name, id) -> "no-such-thing");
    return operations.all().stream()
        .flatMap(operation -> {
          var findings = new ArrayList<String>();
          // A session of its own, since one of the operations ends it.
          var session = "s-" + operation.described().path("operationId").asText();
          var olga = token(KEYS, "olga", Samples.OTHER_TENANT.value(), session, soon);
          var answer = send(operation, olga, hole, ids);
          TableAccess.outsideOfScopes()
              .forEach(access -> findings.add(operation + " reaches the table: " + access));
          if (MARKS.stream().anyMatch(mark -> answer.text().contains(mark) && !sends(mark))) {
            findings.add("%s tells a stranger: %s".formatted(operation, answer));
          }
          if (operation.namesSomething()) {
            var unknown = send(operation, olga, hole, nothing);
            if (answer.status() != 404 || !same(answer, unknown)) {
              findings.add(
                  "%s answers a stranger otherwise than for what is not there: %s, %s"
                      .formatted(operation, answer, unknown));
            }
          }
          if (!itemsOfAcme().equals(before)) {
            findings.add(operation + " lets a stranger change something");
          }
          return findings.stream();
        });
  }

  /** Whether a mark may stand in an answer since the request held it. */
  private boolean sends(String mark) {
    return ids.containsValue(mark);
  }

  private boolean same(ApiClient.Reply one, ApiClient.Reply other) {
    var text = one.text();
    for (var id : ids.values()) {
      text = text.replace("'" + id + "'", "'no-such-thing'");
    }
    return one.status() == other.status() && text.equals(other.text());
  }

  private ApiClient.Reply send(
      Operation operation, String credentials, Hole hole, Map<String, String> named) {
    TableAccess.watch(UnaryOperator.identity());
    var event = Events.read("access/authorize-caller--token").<ObjectNode>deepCopy();
    ((ObjectNode) event.path("headers"))
        .put("authorization", credentials.isEmpty() ? "" : "Bearer " + credentials);
    var verdict = Events.send(new AuthorizeCallerHandler(), event);
    if (!verdict.path("isAuthorized").asBoolean()) {
      return new ApiClient.Reply(401, Map.of(), "");
    }
    var context = verdict.path("context").<ObjectNode>deepCopy();
    switch (hole) {
      case ROLE -> context.put("role", "owner");
      case SCOPE ->
          context.put(
              "scopes", String.join(" ", Permission.all().stream().map(Permission::code).toList()));
      case TENANT_OF_TOKEN -> context.put("tenantId", Samples.TENANT.value());
      default -> {
        // Nothing is left out here.
      }
    }
    var request = operations.request(operation, named, UUID.randomUUID().toString());
    // From here on: the authorizer looks into the team with permissions of its own.
    TableAccess.watch(
        hole == Hole.TENANT_IN_KEY
            ? key -> key.replaceFirst("^T#globex", "T#acme")
            : UnaryOperator.identity());
    if (hole == Hole.NARROWED_CREDENTIALS) {
      return withoutScope(request, context);
    }
    return ApiClient.proven(handler, context)
        .send(request.method(), request.target(), request.headers(), request.body());
  }

  /** Answers as the API's handler would if it did not narrow what it works with. */
  private ApiClient.Reply withoutScope(Operations.Request request, ObjectNode context) {
    var target = request.target().split("\\?");
    var headers = new HashMap<>(request.headers());
    headers.put("content-type", "application/json");
    var body = request.body() == null ? "" : request.body();
    var answer =
        platform
            .bean(Api.class)
            .answer(
                new HttpRequest(
                    request.method(),
                    target[0],
                    Map.of(),
                    Map.of(),
                    headers,
                    body.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    Optional.of(
                        new io.leadloom.platform.Caller(
                            TenantId.of(context.path("tenantId").asText()),
                            context.path("actor").asText(),
                            Role.of(context.path("role").asText()),
                            Permission.all())),
                    Optional.of(new Person(UserId.of("olga"), "olga@globex.example", "s2"))));
    return new ApiClient.Reply(
        answer.status(),
        answer.headers(),
        new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8));
  }

  private static String problem(ApiClient.Reply answer) {
    return answer.status() < 400 || answer.text().isEmpty()
        ? Integer.toString(answer.status())
        : answer.status() + " " + answer.body().path("code").asText();
  }

  /** All that is the sample tenant's, but for what counts its requests. */
  private List<String> itemsOfAcme() {
    var table = platform.bean(Settings.class).table();
    return platform
        .bean(DynamoDbClient.class)
        .scanPaginator(b -> b.tableName(table).consistentRead(true))
        .items()
        .stream()
        .map(Object::toString)
        .filter(item -> item.contains("pk=AttributeValue(S=T#acme"))
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  private String key(
      String id, Role role, Set<Permission> scopes, @Nullable Instant ends, boolean revoked) {
    var keys = platform.bean(ApiKeys.class);
    var text = ApiKeys.text(id);
    if (keys.find(Samples.TENANT, KeyId.of(id)).isEmpty()) {
      var now = platform.clock().instant();
      keys.create(
          Samples.TENANT,
          new ApiKey(
              KeyId.of(id),
              id,
              text.start(),
              text.hash(),
              role,
              scopes,
              "user:robin",
              "user:robin",
              now,
              ends,
              revoked ? now : null,
              null,
              null,
              0));
    }
    return text.value();
  }

  private String token(String user, Instant until) {
    return token(KEYS, user, Samples.TENANT.value(), "s1", until);
  }

  private String token(IssuerKeys keys, String user, String tenant, String session, Instant until) {
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(platform.bean(Settings.class).tokenIssuer().toString())
            .subject(user)
            .claim("client_id", LocalIssuer.CLIENT)
            .claim("token_use", "access")
            .claim("origin_jti", session)
            .claim("email", user + "@" + tenant + ".example")
            .claim("tenant", tenant)
            .issueTime(Date.from(until.minusSeconds(600)))
            .expirationTime(Date.from(until))
            .build();
    try {
      var jwt =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(KEYS.signing().getKeyID()).build(),
              claims);
      jwt.sign(new RSASSASigner(keys.signing()));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Team with(Team team, String user, String email, Role role) {
    var members = new ArrayList<>(team.members());
    members.add(new Member(UserId.of(user), email, role, team.members().getFirst().joinedAt()));
    return new Team(team.tenant(), members, team.invitations(), team.rev());
  }
}
