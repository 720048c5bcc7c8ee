package io.leadloom.approvals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.Approval;
import io.leadloom.model.Campaign;
import io.leadloom.model.Draft;
import io.leadloom.model.DraftId;
import io.leadloom.model.Lead;
import io.leadloom.model.Milestone;
import io.leadloom.model.Purpose;
import io.leadloom.model.Stage;
import io.leadloom.model.Tenant;
import io.leadloom.model.fault.TransientException;
import io.leadloom.packs.MessageFooter;
import io.leadloom.packs.Packs;
import io.leadloom.platform.ApprovalLinks;
import io.leadloom.platform.Approvals;
import io.leadloom.platform.Campaigns;
import io.leadloom.platform.Drafts;
import io.leadloom.platform.HttpRequest;
import io.leadloom.platform.HttpResponse;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.Json;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Tenants;
import io.leadloom.platform.UnsubscribeLinks;
import io.leadloom.testkit.Crashes;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import io.leadloom.testkit.TestClock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalsTest {

  private static final DraftId DRAFT = DraftId.of("draft-1");
  private static final Lead LEAD = Samples.enrichedLead().scored(80, "warm", TestClock.START);

  @RegisterExtension final Platform platform = new Platform();

  private String body = "";

  @BeforeEach
  void aDraftOfALead() {
    platform.bean(Tenants.class).create(Samples.tenant());
    platform.raise(LEAD);
    body =
        "Hello Morgan,\n\nyour permit asks for an acceptance test.\n\n"
            + MessageFooter.of(
                platform.bean(Packs.class).load("fire-safety").drafting(),
                Samples.tenant().sender(),
                platform.bean(UnsubscribeLinks.class).of(Samples.TENANT, LEAD.id()));
    platform.bean(Drafts.class).add(Samples.TENANT, draft());
  }

  @ParameterizedTest
  @CsvSource({
    "AUTOPILOT, , 10, true",
    "CO_PILOT, , 100, false",
    "CO_PILOT, 80, 80, true",
    "CO_PILOT, 80, 79, false",
    "MANUAL, 10, 100, false"
  })
  void aRuleDecidesOnlyWhereTheTenantSaidSo(
      Tenant.Mode mode, @Nullable Integer bar, int score, boolean byRule) {
    assertThat(
            ApprovalMode.approvingRule(
                    tenant(mode, bar, 0),
                    Optional.empty(),
                    LEAD.scored(score, "x", TestClock.START))
                .isPresent())
        .isEqualTo(byRule);
  }

  @ParameterizedTest
  @CsvSource({
    ", , MANUAL, false",
    ", , AUTOPILOT, true",
    ", CO_PILOT, AUTOPILOT, false",
    ", AUTOPILOT, MANUAL, true",
    "MANUAL, AUTOPILOT, AUTOPILOT, false",
    "AUTOPILOT, MANUAL, MANUAL, true"
  })
  void theLeadsModeGoesBeforeItsCampaignsAndThatBeforeTheTenants(
      Tenant.@Nullable Mode lead,
      Tenant.@Nullable Mode campaign,
      Tenant.Mode tenant,
      boolean byRule) {
    var its = Campaign.made(LEAD.campaign(), "Spring", Campaign.Status.ACTIVE, TestClock.START);
    assertThat(
            ApprovalMode.approvingRule(
                    tenant(tenant, null, 0),
                    Optional.of(its.decidedBy(campaign)),
                    LEAD.decidedBy(lead, TestClock.START))
                .isPresent())
        .isEqualTo(byRule);
  }

  @Test
  void aCampaignInAutopilotNeedsNobody() {
    var campaigns = platform.bean(Campaigns.class);
    var its = campaigns.get(Samples.TENANT, LEAD.campaign());
    campaigns.keep(Samples.TENANT, its.decidedBy(Tenant.Mode.AUTOPILOT), 20);
    ask("token-1");
    assertThat(answer("token-1").path("decision").asText()).isEqualTo("APPROVED");
  }

  @Test
  void inAutopilotTheExecutionGoesOnAtOnce() {
    platform.bean(Tenants.class).change(tenant(Tenant.Mode.AUTOPILOT, null, 0));
    ask("token-1");
    assertThat(answer("token-1").path("decision").asText()).isEqualTo("APPROVED");
    assertThat(answer("token-1").path("draftId").asText()).isEqualTo("draft-1");
    var lead = platform.bean(Leads.class).get(Samples.TENANT, LEAD.id());
    assertThat(lead.stage()).isEqualTo(Stage.SCHEDULED);
    assertThat(lead.reached()).containsKey(Milestone.APPROVED);
    assertThat(platform.bean(Approvals.class).untold(Samples.TENANT)).isEmpty();
  }

  @Test
  void lookingDecidesNothing() {
    ask("token-1");
    var page = get();
    assertThat(page.status()).isEqualTo(200);
    assertThat(text(page)).contains("Approve and send").doesNotContain("<permit>");
    assertThat(platform.bean(Approvals.class).pending(Samples.TENANT, 10)).hasSize(1);
    assertThat(platform.aws().calls("SendTaskSuccess")).isEmpty();
  }

  @Test
  void anApprovalCountsOnceHoweverOftenItIsClicked() {
    ask("token-1");
    assertThat(approve().status()).isEqualTo(200);
    assertThat(post("reject", "", "", "changed my mind").status()).isEqualTo(409);
    assertThat(answer("token-1").path("decision").asText()).isEqualTo("APPROVED");
    assertThat(answer("token-1").path("draftId").asText()).isEqualTo("draft-1");
    assertThat(platform.aws().calls("SendTaskSuccess")).hasSize(1);
    assertThat(text(get())).contains("approved").doesNotContain("Approve and send");
  }

  @Test
  void ofTwoAtTheSameTimeOneDecides() throws Exception {
    ask("token-1");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<HttpResponse> approve = this::approve;
      Callable<HttpResponse> reject = () -> post("reject", "", "", "no");
      var answers = List.of(threads.submit(approve), threads.submit(reject));
      assertThat(List.of(answers.get(0).get().status(), answers.get(1).get().status()))
          .contains(200)
          .containsAnyOf(409, 410);
    }
    assertThat(
            platform.aws().calls("SendTaskSuccess").stream()
                .map(call -> call.path("output").asText())
                .distinct())
        .hasSize(1);
  }

  @Test
  void anEditBecomesADraftOfItsOwn() {
    ask("token-1");
    var edited = body.replace("acceptance test", "annual inspection");
    assertThat(post("approve", "A better subject", edited.replace("\n", "\r\n"), "").status())
        .isEqualTo(200);
    var id = DraftId.of(answer("token-1").path("draftId").asText());
    var draft = platform.bean(Drafts.class).get(Samples.TENANT, LEAD.id(), id);
    assertThat(draft.subject()).isEqualTo("A better subject");
    assertThat(draft.body()).isEqualTo(edited);
    assertThat(draft.author()).isEqualTo("person:approver-0");
    assertThat(draft.revises()).isEqualTo(DRAFT);
  }

  @Test
  void anEditWithoutOptOutIsShownAgainWithThePersonsText() {
    ask("token-1");
    var refused = post("approve", "A subject", "Buy now, my own words", "");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(text(refused)).contains("Buy now, my own words", "opt out");
    assertThat(platform.aws().calls("SendTaskSuccess")).isEmpty();
    assertThat(platform.bean(Approvals.class).pending(Samples.TENANT, 10)).hasSize(1);
  }

  @Test
  void aRevisionCarriesItsNote() {
    ask("token-1");
    post("revise", "", "", "shorter, please");
    assertThat(answer("token-1").path("decision").asText()).isEqualTo("REVISE");
    assertThat(answer("token-1").path("note").asText()).isEqualTo("shorter, please");
    assertThat(answer("token-1").path("draftId").asText()).isEqualTo("draft-1");
  }

  @Test
  void aChangedOrExpiredLinkOpensNothing() {
    ask("token-1");
    var token = token();
    assertThat(handler().handle(request("GET", token.substring(1), "")).status()).isEqualTo(403);
    platform.clock().advance(Duration.ofDays(4));
    assertThat(handler().handle(request("POST", token, "decision=reject")).status()).isEqualTo(403);
    assertThat(platform.aws().calls("SendTaskSuccess")).isEmpty();
  }

  @Test
  void aDecisionForAnExecutionThatIsGoneIsHarmless() {
    ask("token-1");
    platform.aws().fail("SendTaskSuccess", "TaskTimedOut");
    assertThat(post("reject", "", "", "no").status()).isEqualTo(410);
  }

  @Test
  void aDecisionThatWasStoredButNotToldIsToldByTheSchedule() {
    ask("token-1");
    platform.aws().fail("SendTaskSuccess", "ValidationException");
    assertThatThrownBy(() -> post("reject", "", "", "no")).isInstanceOf(TransientException.class);
    assertThat(platform.bean(Approvals.class).untold(Samples.TENANT)).hasSize(1);
    platform.aws().fail("SendTaskSuccess", "TaskTimedOut");
    platform.bean(RemindApprovers.class).run();
    assertThat(platform.bean(Approvals.class).untold(Samples.TENANT)).isEmpty();
  }

  @Test
  void askedAgainItTakesTheNewToken() {
    ask("token-1");
    ask("token-2");
    approve();
    assertThat(answer("token-2").path("decision").asText()).isEqualTo("APPROVED");
    ask("token-3");
    assertThat(answer("token-3").path("decision").asText()).isEqualTo("APPROVED");
  }

  @Test
  void approversAreRemindedOnceAndAnUnansweredDraftExpires() {
    ask("token-1");
    assertThat(platform.bean(RemindApprovers.class).run()).isZero();
    platform.clock().advance(Duration.ofHours(60));
    assertThat(platform.bean(RemindApprovers.class).run()).isEqualTo(1);
    assertThat(platform.bean(RemindApprovers.class).run()).isZero();
    platform.clock().advance(Duration.ofHours(12));
    assertThat(platform.bean(ExpireApproval.class).run(Samples.TENANT, DRAFT).status())
        .isEqualTo(Approval.Status.EXPIRED);
    assertThat(platform.bean(Approvals.class).pending(Samples.TENANT, 10)).isEmpty();
  }

  @Test
  void aDecisionAtTheLastMomentWinsOverExpiry() {
    ask("token-1");
    platform.aws().fail("SendTaskSuccess", "TaskTimedOut");
    approve();
    assertThat(platform.bean(ExpireApproval.class).run(Samples.TENANT, DRAFT).status())
        .isEqualTo(Approval.Status.APPROVED);
  }

  @ParameterizedTest
  @EnumSource
  void aCrashWhileAskingChangesNothing(Tenant.Mode mode) {
    Crashes.on(platform)
        .everywhere(
            () -> {
              platform.withThirdParties();
              aDraftOfALead();
              platform.bean(Tenants.class).change(tenant(mode, null, 0));
            },
            () -> {
              ask("token-1");
              return "asked";
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"approve", "edit", "revise", "reject"})
  void aCrashWhileDecidingChangesNothing(String decision) {
    Crashes.on(platform)
        .everywhere(
            () -> {
              aDraftOfALead();
              ask("token-1");
            },
            () -> {
              // Who decides again is told that it is decided; the decision is the same.
              if (decision.equals("edit")) {
                post("approve", "A better subject", body, "");
              } else {
                post(decision, "Your <permit>", body, "a note");
              }
              return "decided";
            });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCrashWhileExpiringChangesNothing(boolean decidedAtTheLastMoment) {
    Crashes.on(platform)
        .everywhere(
            () -> {
              aDraftOfALead();
              ask("token-1");
              if (decidedAtTheLastMoment) {
                platform.aws().fail("SendTaskSuccess", "ValidationException");
                assertThatThrownBy(this::approve).isInstanceOf(TransientException.class);
                platform.aws().recover("SendTaskSuccess");
              }
              platform.clock().advance(Duration.ofHours(72));
            },
            () -> platform.bean(ExpireApproval.class).run(Samples.TENANT, DRAFT).status());
  }

  @Test
  void aCrashWhileRemindingChangesNothing() {
    Crashes.on(platform)
        .everywhere(
            () -> {
              platform.withThirdParties();
              aDraftOfALead();
              ask("token-1");
              platform.clock().advance(Duration.ofHours(60));
            },
            () -> {
              // How many it reminded is for the log alone.
              platform.bean(RemindApprovers.class).run();
              return "reminded";
            });
  }

  private void ask(String token) {
    platform.bean(RequestApproval.class).run(Samples.TENANT, LEAD.id(), DRAFT, token);
  }

  private JsonNode answer(String token) {
    return platform.aws().calls("SendTaskSuccess").stream()
        .filter(call -> call.path("taskToken").asText().equals(token))
        .findFirst()
        .map(call -> Json.read(call.path("output").asText(), JsonNode.class))
        .orElseThrow();
  }

  private HttpResponse get() {
    return handler().handle(request("GET", token(), ""));
  }

  private HttpResponse approve() {
    return post("approve", "Your <permit>", body, "");
  }

  private HttpResponse post(String decision, String subject, String text, String note) {
    var form =
        "decision=%s&subject=%s&body=%s&note=%s"
            .formatted(decision, encoded(subject), encoded(text), encoded(note));
    return handler().handle(request("POST", token(), form));
  }

  private HttpRequest request(String method, String token, String form) {
    var id = RequestApproval.idOf(DRAFT).value();
    return new HttpRequest(
        method,
        "/approvals/" + id,
        Map.of("approvalId", id),
        Map.of("t", token),
        Map.of(),
        form.getBytes(StandardCharsets.UTF_8),
        Optional.empty(),
        Optional.empty());
  }

  private String token() {
    var approval = platform.bean(Approvals.class).get(Samples.TENANT, RequestApproval.idOf(DRAFT));
    return platform
        .bean(ApprovalLinks.class)
        .of(Samples.TENANT, approval, "approver-0")
        .getQuery()
        .substring(2);
  }

  private ApprovalPageHandler handler() {
    return new ApprovalPageHandler(
        platform.bean(ApprovalLinks.class),
        platform.bean(Approvals.class),
        platform.bean(ApprovalPage.class),
        platform.bean(DecideApproval.class),
        platform.bean(Invocations.class));
  }

  private Draft draft() {
    return new Draft(
        DRAFT,
        LEAD.id(),
        Purpose.FIRST_TOUCH,
        1,
        "Your <permit>",
        body,
        "template:first-a",
        List.of(),
        null,
        null,
        null,
        Draft.hashOf("Your <permit>", body),
        TestClock.START);
  }

  private static Tenant tenant(Tenant.Mode mode, @Nullable Integer bar, long rev) {
    var sample = Samples.tenant();
    return new Tenant(
        sample.id(),
        sample.name(),
        sample.pack(),
        mode,
        bar,
        sample.approvers(),
        sample.sender(),
        sample.subscription(),
        null,
        rev);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String text(HttpResponse response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
