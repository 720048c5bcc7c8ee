package io.leadloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.model.ApiKey;
import io.leadloom.model.KeyId;
import io.leadloom.model.Permission;
import io.leadloom.model.Role;
import io.leadloom.model.Stage;
import io.leadloom.model.Suppression;
import io.leadloom.model.Team;
import io.leadloom.model.TenantId;
import io.leadloom.model.UserId;
import io.leadloom.platform.ApiKeys;
import io.leadloom.platform.Json;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Sessions;
import io.leadloom.platform.Suppressions;
import io.leadloom.platform.Teams;
import io.leadloom.platform.TenantPolicy;
import io.leadloom.platform.TenantScope;
import io.leadloom.platform.Tenants;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class TenantScopeTest {

  private static final String TABLE = "arn:aws:dynamodb:eu-west-1:111122223333:table/leadloom";
  private static final UserId DANA = UserId.of("dana");

  @RegisterExtension final Platform platform = new Platform();

  @ParameterizedTest
  @CsvSource({
    "GetItem, '', T#acme, true",
    "Query, '', T#acme#LEAD#lead-1, true",
    "Query, /index/byStatus, T#acme#STAGE#new, true",
    "PutItem, '', T#acme#LEAD#lead-1, true",
    "UpdateItem, '', T#acme#LIMIT#mail, true",
    "DeleteItem, '', T#acme, true",
    "GetItem, '', T#acme2, false",
    "GetItem, '', T#acme2#LEAD#lead-1, false",
    "GetItem, '', T#globex#LEAD#lead-1, false",
    "BatchGetItem, '', T#acme T#globex, false",
    "Query, /index/byStatus, T#globex#STAGE#new, false",
    "GetItem, '', SUPPRESS#hash, true",
    "PutItem, '', SUPPRESS#hash, false",
    "PutItem, '', KEYTEXT#hash, true",
    "GetItem, '', KEYTEXT#hash, false",
    "Query, '', USER#dana#TENANTS, false",
    "GetItem, '', LINK#reply-token#1, false",
    "Query, '', TENANTS, false",
    "Scan, '', '', false",
    "Query, '', '', false",
    "GetItem, '', '', false",
    "DeleteTable, '', T#acme, false",
    "GetItem, -other, T#acme, false"
  })
  void narrowedCredentialsOpenATenantsKeysOnly(
      String action, String suffix, String keys, boolean allowed) {
    var policy = new SessionPolicy(TenantPolicy.document("leadloom", Samples.TENANT));
    var leading = Arrays.stream(keys.split(" ")).filter(k -> !k.isEmpty()).toList();
    assertThat(policy.allows("dynamodb:" + action, TABLE + suffix, leading)).isEqualTo(allowed);
  }

  /** Without any one of its parts the policy would let something through that it must not. */
  @Test
  void everyPartOfThePolicyIsNeeded() {
    weakened(condition -> condition.remove("Null"), "dynamodb:Query", List.of());
    weakened(
        condition -> condition.remove("ForAllValues:StringLike"),
        "dynamodb:GetItem",
        List.of("T#globex"));
  }

  private static void weakened(
      Consumer<ObjectNode> change, String action, List<String> leadingKeys) {
    var document = TenantPolicy.document("leadloom", Samples.TENANT);
    assertThat(new SessionPolicy(document).allows(action, TABLE, leadingKeys)).isFalse();
    var tree = Json.tree(document.getBytes(StandardCharsets.UTF_8));
    for (JsonNode statement : tree.path("Statement")) {
      change.accept((ObjectNode) statement.path("Condition"));
    }
    assertThat(new SessionPolicy(tree.toString()).allows(action, TABLE, leadingKeys)).isTrue();
  }

  @Test
  void theLongestPolicyIsShortEnoughForSts() {
    assertThat(TenantPolicy.document("t".repeat(64), TenantId.of("a".repeat(80))).length())
        .isLessThan(2_048);
  }

  @Test
  void withinATenantEverythingOfItsOwnIsReached() {
    TenantScope.of(
        Samples.TENANT,
        () -> {
          platform.bean(Tenants.class).create(Samples.tenant(), team());
          var tenant = platform.bean(Tenants.class).get(Samples.TENANT);
          platform.bean(Teams.class).change(tenant.id(), team -> team);
          platform.bean(Sessions.class).choose(DANA, tenant.id());
          assertThat(platform.bean(Teams.class).tenantsOf(DANA)).containsExactly(tenant.id());
          platform.bean(ApiKeys.class).create(tenant.id(), key());
          assertThat(platform.bean(ApiKeys.class).list(tenant.id())).hasSize(1);
          assertThat(platform.bean(Leads.class).inStage(tenant.id(), Stage.NEW, 10)).isEmpty();
          return platform.bean(Suppressions.class).match(tenant.id(), "a@b.example");
        });
  }

  @Test
  void withinATenantNothingOfAnotherIsReached() {
    platform.bean(Tenants.class).create(Samples.tenant(), team());
    refused(() -> platform.bean(Tenants.class).find(Samples.TENANT));
    refused(() -> platform.bean(Tenants.class).ids());
    refused(() -> platform.bean(Teams.class).find(Samples.TENANT));
    refused(() -> platform.bean(ApiKeys.class).list(Samples.TENANT));
    refused(() -> platform.bean(Leads.class).inStage(Samples.TENANT, Stage.NEW, 10));
    refused(() -> platform.bean(Suppressions.class).match(Samples.TENANT, "a@b.example"));
    refused(() ->
        platform
            .bean(Suppressions.class)
            .addForAll(new Suppression("hash", "opt-out", "reply", TestClock.START)));
    refused(() ->
        platform.bean(Tenants.class).change(platform.bean(Tenants.class).get(Samples.TENANT)));
    refused(() -> platform.bean(DynamoDbClient.class).scan(b -> b.tableName("any")));
  }

  @Test
  void narrowedCredentialsAreAskedForOnceAnHourAndTenant() {
    platform.setting("TENANT_ROLE_ARN", "arn:aws:iam::000000000000:role/tenants");
    var tenants = platform.bean(Tenants.class);
    TenantScope.of(Samples.TENANT, () -> tenants.find(Samples.TENANT));
    TenantScope.of(Samples.TENANT, () -> tenants.find(Samples.TENANT));
    assertThat(platform.aws().calls("AssumeRole")).hasSize(1);
    var asked = platform.aws().calls("AssumeRole").getFirst();
    assertThat(asked.path("RoleArn").asText()).endsWith("role/tenants");
    assertThat(asked.path("RoleSessionName").asText()).isEqualTo("acme");
    assertThat(asked.path("Policy").asText()).contains("\"T#acme#*\"").doesNotContain("globex");
    TenantScope.of(Samples.OTHER_TENANT, () -> tenants.find(Samples.OTHER_TENANT));
    assertThat(platform.aws().calls("AssumeRole")).hasSize(2);
    platform.clock().advance(Duration.ofMinutes(56));
    TenantScope.of(Samples.TENANT, () -> tenants.find(Samples.TENANT));
    assertThat(platform.aws().calls("AssumeRole")).hasSize(3);
    tenants.find(Samples.TENANT);
    assertThat(platform.aws().calls("AssumeRole")).hasSize(3);
  }

  private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    assertThatThrownBy(() ->
            TenantScope.of(
                Samples.OTHER_TENANT,
                () -> {
                  try {
                    work.call();
                  } catch (RuntimeException | Error e) {
                    throw e;
                  } catch (Throwable e) {
                    throw new IllegalStateException(e);
                  }
                  return true;
                }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("narrowed to globex");
  }

  private static Team team() {
    return Team.of(Samples.TENANT, DANA, "dana@acme.example", TestClock.START);
  }

  private static ApiKey key() {
    var text = ApiKeys.text("secret");
    return new ApiKey(
        KeyId.of("k1"),
        "CRM",
        text.start(),
        text.hash(),
        Role.MEMBER,
        Set.of(Permission.READ_LEADS),
        "user:dana",
        "user:dana",
        TestClock.START,
        null,
        null,
        null,
        null,
        0);
  }
}
