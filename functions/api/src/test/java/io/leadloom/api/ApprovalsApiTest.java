package io.leadloom.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.model.Role;
import io.leadloom.model.Stage;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Tenants;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ApprovalsApiTest {

  @RegisterExtension final Platform platform = new Platform();

  private ApiClient member;

  @BeforeEach
  void threeDraftsWait() {
    platform.bean(Tenants.class).create(Samples.tenant());
    platform.raise(Samples.lead());
    for (var i = 1; i <= 3; i++) {
      Waiting.approval(platform, i);
    }
    member = ApiClient.of(new ApiHandler(), Samples.TENANT, Role.MEMBER);
  }

  @Test
  void whatWaitsIsListedOldestFirst() {
    var first = member.get("/v1/approvals?limit=2");
    assertThat(first.status()).as(first.text()).isEqualTo(200);
    assertThat(first.body().at("/approvals/0/id").asText()).isEqualTo("approval-1");
    assertThat(first.body().at("/approvals/0/draft/body").asText()).contains("acceptance test");
    assertThat(first.text()).doesNotContain("token-");

    var rest = member.get("/v1/approvals?limit=2&cursor=" + first.body().path("next").asText());
    assertThat(rest.body().path("approvals")).hasSize(1);
    assertThat(rest.body().has("next")).isFalse();
  }

  @Test
  void anApprovedDraftResumesItsExecution() {
    var decided = member.post("/v1/approvals/approval-1/decision", "{\"decision\":\"approve\"}");

    assertThat(decided.status()).as(decided.text()).isEqualTo(200);
    assertThat(decided.body().path("status").asText()).isEqualTo("approved");
    assertThat(decided.body().path("decidedBy").asText()).isEqualTo("user:robin");
    var told = platform.aws().calls("SendTaskSuccess");
    assertThat(told).hasSize(1);
    assertThat(told.getFirst().path("taskToken").asText()).isEqualTo("token-1");
    assertThat(platform.bean(Leads.class).get(Samples.TENANT, Samples.lead().id()).stage())
        .isEqualTo(Stage.SCHEDULED);
  }

  @Test
  void theFirstDecisionCounts() {
    var path = "/v1/approvals/approval-1/decision";
    member.post(path, "{\"decision\":\"reject\",\"note\":\"not now\"}");

    var late = member.post(path, "{\"decision\":\"approve\"}");
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.body().path("code").asText()).isEqualTo("approval.decided");
    assertThat(member.get("/v1/approvals/approval-1").body().path("status").asText())
        .isEqualTo("rejected");
  }

  @Test
  void anEditThatMustNotBeSentIsRefusedWithItsReason() {
    var refused =
        member.post(
            "/v1/approvals/approval-1/decision", "{\"decision\":\"approve\",\"body\":\"Buy now\"}");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().path("code").asText()).isEqualTo("draft.not-sendable");
    assertThat(platform.aws().calls("SendTaskSuccess")).isEmpty();
  }

  @Test
  void anExpiredApprovalIsGone() {
    platform.clock().advance(Duration.ofDays(4));

    assertThat(
            member.post("/v1/approvals/approval-1/decision", "{\"decision\":\"approve\"}").status())
        .isEqualTo(410);
  }

  @Test
  void severalAreDecidedAtOnceEachOnItsOwn() {
    member.post("/v1/approvals/approval-1/decision", "{\"decision\":\"approve\"}");

    var all =
        member.post(
            "/v1/approvals/decisions",
            """
            {"decisions": [{"approvalId": "approval-1", "decision": "approve"},
                           {"approvalId": "approval-2", "decision": "approve"},
                           {"approvalId": "approval-9", "decision": "approve"},
                           {"approvalId": "approval-3", "decision": "reject"}]}
            """);

    assertThat(all.status()).as(all.text()).isEqualTo(200);
    var outcomes = new ArrayList<String>();
    all.body().path("results").forEach(result -> outcomes.add(result.path("outcome").asText()));
    assertThat(outcomes).containsExactly("decided_before", "decided", "not_found", "decided");
  }

  @Test
  void onlyThoseWhoMayDecideDo() {
    var viewer = ApiClient.of(new ApiHandler(), Samples.TENANT, Role.VIEWER);
    var other = ApiClient.of(new ApiHandler(), Samples.OTHER_TENANT, Role.OWNER);
    var path = "/v1/approvals/approval-1/decision";

    assertThat(viewer.post(path, "{\"decision\":\"approve\"}").status()).isEqualTo(403);
    assertThat(other.post(path, "{\"decision\":\"approve\"}").status()).isEqualTo(404);
    assertThat(platform.aws().calls("SendTaskSuccess")).isEmpty();
  }
}
