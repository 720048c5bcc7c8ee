package io.leadloom.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.model.Role;
import io.leadloom.platform.Suppressions;
import io.leadloom.platform.Tenants;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TenantApiTest {

  @RegisterExtension final Platform platform = new Platform();

  private ApiClient admin;

  @BeforeEach
  void start() {
    platform.bean(Tenants.class).create(Samples.tenant());
    admin = ApiClient.of(new ApiHandler(), Samples.TENANT, Role.ADMIN);
  }

  @Test
  void aSuppressedAddressIsSuppressedForTheSendingStep() {
    var added = admin.post("/v1/suppressions", "{\"address\":\"Morgan@brightwater.example\"}");
    assertThat(added.status()).as(added.text()).isEqualTo(201);

    assertThat(
            platform.bean(Suppressions.class).match(Samples.TENANT, "morgan@brightwater.example"))
        .isPresent();
    var check =
        admin.post("/v1/suppressions/check", "{\"address\":\"morgan@brightwater.example\"}");
    assertThat(check.body().path("suppressed").asBoolean()).isTrue();
    assertThat(admin.get("/v1/suppressions").body().path("suppressions")).hasSize(1);
    var other = ApiClient.of(new ApiHandler(), Samples.OTHER_TENANT, Role.ADMIN);
    assertThat(other.get("/v1/suppressions").body().path("suppressions")).isEmpty();
  }

  @Test
  void theAuditTellsWhoDidWhatFromWhere() {
    admin.post("/v1/suppressions", "{\"address\":\"a@brightwater.example\",\"note\":\"asked\"}");
    platform.clock().advance(Duration.ofHours(1));
    admin.post("/v1/suppressions", "{\"address\":\"b@brightwater.example\"}");

    var all = admin.get("/v1/audit");
    assertThat(all.status()).as(all.text()).isEqualTo(200);
    assertThat(all.body().path("entries")).hasSize(2);
    var first = all.body().at("/entries/1");
    assertThat(first.path("actor").asText()).isEqualTo("user:robin");
    assertThat(first.path("action").asText()).isEqualTo("suppression.added");
    assertThat(first.path("why").asText()).isEqualTo("asked");
    assertThat(first.at("/origin/address").asText()).isEqualTo("192.0.2.7");
    assertThat(first.at("/origin/agent").asText()).isEqualTo("tests/1");
    assertThat(first.path("hash").asText()).hasSize(64);

    var page = admin.get("/v1/audit?limit=1");
    assertThat(page.body().at("/entries/0/hash")).isEqualTo(all.body().at("/entries/0/hash"));
    var next = admin.get("/v1/audit?limit=1&cursor=" + page.body().path("next").asText());
    assertThat(next.body().path("entries")).hasSize(1);
    assertThat(next.body().at("/entries/0/hash")).isEqualTo(first.path("hash"));
    assertThat(entries("since=2026-03-02T15:30:00Z")).isEqualTo(1);
    assertThat(entries("before=2026-03-02T15:30:00Z")).isEqualTo(1);
    assertThat(entries("subject=" + first.path("subject").asText())).isEqualTo(1);
    assertThat(entries("action=settings.changed")).isZero();
    assertThat(admin.get("/v1/audit?since=yesterday").status()).isEqualTo(400);
    assertThat(admin.get("/v1/audit/seals").body().path("seals")).isEmpty();
    var member = ApiClient.of(new ApiHandler(), Samples.TENANT, Role.MEMBER);
    assertThat(member.get("/v1/audit").status()).isEqualTo(403);
    var other = ApiClient.of(new ApiHandler(), Samples.OTHER_TENANT, Role.ADMIN);
    assertThat(other.get("/v1/audit").body().path("entries")).isEmpty();
  }

  private int entries(String query) {
    return admin.get("/v1/audit?" + query).body().path("entries").size();
  }

  @Test
  void whatAChangeOfSettingsLeavesOutStays() {
    var seen = admin.get("/v1/settings").header("etag");
    var changed =
        admin.change("PATCH", "/v1/settings", seen, "{\"mode\":\"manual\",\"dailyLimit\":40}");

    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    var tenant = platform.bean(Tenants.class).get(Samples.TENANT);
    assertThat(tenant.dailyLimit()).isEqualTo(40);
    assertThat(tenant.name()).isEqualTo(Samples.tenant().name());
    assertThat(tenant.sender()).isEqualTo(Samples.tenant().sender());

    var cleared =
        admin.change("PATCH", "/v1/settings", changed.header("etag"), "{\"dailyLimit\":null}");
    assertThat(cleared.status()).as(cleared.text()).isEqualTo(200);
    assertThat(platform.bean(Tenants.class).get(Samples.TENANT).dailyLimit()).isNull();
    assertThat(admin.change("PATCH", "/v1/settings", seen, "{\"name\":\"X\"}").status())
        .isEqualTo(412);
  }

  @Test
  void approversMustBeAddresses() {
    assertThat(admin.change("PATCH", "/v1/settings", "*", "{\"approvers\":[\"nobody\"]}").status())
        .isEqualTo(400);
  }

  @Test
  void theTradesAreListed() {
    assertThat(admin.get("/v1/packs").text()).contains("fire-safety");
  }
}
