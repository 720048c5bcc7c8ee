package io.leadloom.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.model.Role;
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
}
