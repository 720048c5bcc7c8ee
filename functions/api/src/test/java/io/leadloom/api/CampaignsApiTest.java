package io.leadloom.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.model.Plan;
import io.leadloom.model.Role;
import io.leadloom.model.Subscription;
import io.leadloom.platform.Tenants;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CampaignsApiTest {

  private static final String RECORD =
      """
      {"campaignId": "%s", "source": "austin", "number": "FA-1", "type": "Fire Alarm Permit",
       "description": "Install fire alarm system, new medical office",
       "applicant": "Brightwater Builders LLC", "address": "12 Alder Way", "city": "Austin",
       "state": "TX", "zip": "78701", "status": "issued", "issued": "2026-02-20"}
      """;

  @RegisterExtension final Platform platform = new Platform();

  private ApiClient member;

  @BeforeEach
  void start() {
    platform.bean(Tenants.class).create(Samples.tenant());
    member = ApiClient.of(new ApiHandler(), Samples.TENANT, Role.MEMBER);
  }

  @Test
  void aCampaignTakesLeadsOnceItIsActive() {
    var made = member.post("/v1/campaigns", "{\"name\":\"Spring\"}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    var id = made.body().path("id").asText();
    assertThat(member.post("/v1/leads", RECORD.formatted(id)).status()).isEqualTo(400);

    var path = "/v1/campaigns/" + id;
    var active = member.change("PATCH", path, made.header("etag"), "{\"status\":\"active\"}");
    assertThat(active.status()).as(active.text()).isEqualTo(200);
    var lead = member.post("/v1/leads", RECORD.formatted(id));
    assertThat(lead.status()).as(lead.text()).isEqualTo(201);
    assertThat(member.get(lead.header("location")).body().path("campaignId").asText())
        .isEqualTo(id);
    assertThat(member.get("/v1/leads?campaignId=" + id).body().path("leads")).hasSize(1);
    assertThat(member.get("/v1/leads?campaignId=default").body().path("leads")).isEmpty();
  }

  @Test
  void aCompletedCampaignStaysSo() {
    var shown = member.get("/v1/campaigns/default");
    assertThat(shown.body().path("status").asText()).isEqualTo("active");
    var path = "/v1/campaigns/default";
    var completed =
        member.change("PATCH", path, shown.header("etag"), "{\"status\":\"completed\"}");
    assertThat(completed.status()).as(completed.text()).isEqualTo(200);

    assertThat(
            member
                .change("PATCH", path, completed.header("etag"), "{\"status\":\"active\"}")
                .status())
        .isEqualTo(422);
    assertThat(member.change("PATCH", path, shown.header("etag"), "{\"name\":\"X\"}").status())
        .isEqualTo(412);
  }

  @Test
  void aDeletedCampaignLeavesTheListAndTakesNoLeads() {
    var made = member.post("/v1/campaigns", "{\"name\":\"Spring\",\"active\":true}");
    var id = made.body().path("id").asText();
    assertThat(member.get("/v1/campaigns").body().path("campaigns")).hasSize(1);

    var deleted = member.change("DELETE", "/v1/campaigns/" + id, made.header("etag"), null);
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(member.get("/v1/campaigns").body().path("campaigns")).isEmpty();
    assertThat(member.post("/v1/leads", RECORD.formatted(id)).status()).isEqualTo(400);
    assertThat(member.change("DELETE", "/v1/campaigns/default", "*", null).status()).isEqualTo(422);
  }

  @Test
  void leadsThatNameNoCampaignAreDealtOutByTheAllocations() {
    var made = member.post("/v1/campaigns", "{\"name\":\"A\",\"active\":true,\"allocation\":70}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    var tooMuch =
        member.post("/v1/campaigns", "{\"name\":\"B\",\"active\":true,\"allocation\":31}");
    assertThat(tooMuch.status()).isEqualTo(422);
    assertThat(tooMuch.body().path("code").asText()).isEqualTo("campaign.allocation");
    var id = made.body().path("id").asText();
    var all =
        member.change("PATCH", "/v1/campaigns/" + id, made.header("etag"), "{\"allocation\":100}");
    assertThat(all.status()).as(all.text()).isEqualTo(200);
    var lead = member.post("/v1/leads", RECORD.formatted("default"));
    assertThat(member.get(lead.header("location")).body().path("campaignId").asText())
        .isEqualTo(id);

    var none =
        member.change("PATCH", "/v1/campaigns/" + id, all.header("etag"), "{\"allocation\":null}");
    assertThat(none.body().has("allocation")).isFalse();
  }

  @Test
  void aCompanyStaysInItsCampaignWhenAllocationsChange() {
    var first = member.post("/v1/leads", RECORD.formatted("default"));
    member.post("/v1/campaigns", "{\"name\":\"A\",\"active\":true,\"allocation\":100}");
    var again =
        member.post(
            "/v1/leads",
            RECORD.formatted("default").replace("FA-1", "FA-2").replace("02-20", "02-21"));
    assertThat(again.status()).as(again.text()).isEqualTo(200);
    assertThat(again.body().path("leadId").asText())
        .isEqualTo(first.body().path("leadId").asText());
  }

  @Test
  void aCampaignCanWantOtherCustomersThanItsTenant() {
    var icp =
        "{\"icp\":{\"industries\":[\"hospital*\"],\"minEmployees\":50,\"places\":[\"US-TX\"]}}";
    var changed = member.change("PATCH", "/v1/campaigns/default", "*", icp);
    assertThat(changed.body().at("/icp/industries/0").asText()).isEqualTo("hospital*");
    var none = "{\"icp\":{\"minEmployees\":50,\"maxEmployees\":5}}";
    assertThat(member.change("PATCH", "/v1/campaigns/default", "*", none).status()).isEqualTo(422);
    var cleared = member.change("PATCH", "/v1/campaigns/default", "*", "{\"icp\":null}");
    assertThat(cleared.body().has("icp")).isFalse();
    var admin = ApiClient.of(new ApiHandler(), Samples.TENANT, Role.ADMIN);
    assertThat(
            admin.change("PATCH", "/v1/settings", "*", icp).body().at("/icp/minEmployees").asInt())
        .isEqualTo(50);
  }

  @Test
  void aPlanHoldsSoManyOpenCampaigns() {
    var tenants = platform.bean(Tenants.class);
    var tenant = tenants.get(Samples.TENANT);
    tenants.change(tenant.with(Subscription.to(Plan.smallest())));
    // The default campaign is one of them.
    for (var n = 1; n < Plan.smallest().campaigns(); n++) {
      assertThat(member.post("/v1/campaigns", "{\"name\":\"C\"}").status()).isEqualTo(201);
    }
    var refused = member.post("/v1/campaigns", "{\"name\":\"C\"}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().path("code").asText()).isEqualTo("plan.no-campaign");
    var one = member.get("/v1/campaigns").body().at("/campaigns/0/id").asText();
    member.change("DELETE", "/v1/campaigns/" + one, "*", null);
    assertThat(member.post("/v1/campaigns", "{\"name\":\"C\"}").status()).isEqualTo(201);
  }

  @Test
  void whoDecidesOnDraftsIsForThoseWhoMayChangeSettings() {
    var admin = ApiClient.of(new ApiHandler(), Samples.TENANT, Role.ADMIN);
    var body = "{\"mode\":\"autopilot\"}";
    var path = "/v1/campaigns/default";
    assertThat(member.change("PATCH", path, "*", body).status()).isEqualTo(403);
    var changed = admin.change("PATCH", path, "*", body);
    assertThat(changed.body().path("mode").asText()).isEqualTo("autopilot");
    var lead = member.post("/v1/leads", RECORD.formatted("default")).header("location");
    assertThat(member.change("PATCH", lead, "*", body).status()).isEqualTo(403);
    assertThat(admin.change("PATCH", lead, "*", body).body().path("mode").asText())
        .isEqualTo("autopilot");
    assertThat(admin.change("PATCH", lead, "*", "{\"mode\":null}").body().has("mode")).isFalse();
  }
}
