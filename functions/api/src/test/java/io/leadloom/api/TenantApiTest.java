package io.leadloom.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.model.Role;
import io.leadloom.platform.Suppressions;
import io.leadloom.platform.Tenants;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
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
