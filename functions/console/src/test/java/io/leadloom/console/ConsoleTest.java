package io.leadloom.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.model.Approval;
import io.leadloom.model.ApprovalId;
import io.leadloom.model.AuditEntry;
import io.leadloom.model.Company;
import io.leadloom.model.Cost;
import io.leadloom.model.Draft;
import io.leadloom.model.DraftId;
import io.leadloom.model.EndpointId;
import io.leadloom.model.EventType;
import io.leadloom.model.Lead;
import io.leadloom.model.PermitRow;
import io.leadloom.model.Purpose;
import io.leadloom.model.Reply;
import io.leadloom.model.ReplyId;
import io.leadloom.model.Score;
import io.leadloom.model.Stage;
import io.leadloom.model.Touch;
import io.leadloom.model.TouchId;
import io.leadloom.model.WebhookDelivery;
import io.leadloom.model.WebhookEndpoint;
import io.leadloom.model.fault.NotFoundException;
import io.leadloom.platform.Approvals;
import io.leadloom.platform.Drafts;
import io.leadloom.platform.HttpRequest;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Permits;
import io.leadloom.platform.Replies;
import io.leadloom.platform.Tenants;
import io.leadloom.platform.Touches;
import io.leadloom.platform.WebhookDeliveries;
import io.leadloom.platform.WebhookEndpoints;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import io.leadloom.testkit.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleTest {

  private static final String HOSTILE = "<script>alert(1)</script> & \"Sons\"";

  @RegisterExtension final Platform platform = new Platform();

  @BeforeEach
  void aTenant() {
    platform.bean(Tenants.class).create(Samples.tenant());
  }

  @Test
  void anEmptyPipelineSaysWhatToDo() {
    assertThat(page("/")).contains("There is no lead yet", "./leadloom import");
    assertThat(page("/approvals")).contains("Nothing waits for you");
    assertThat(page("/leads")).contains("No lead stands there now");
  }

  @Test
  void thePipelineCountsLeadsByStage() {
    aLead(Samples.enrichedLead().scored(72, "warm", TestClock.START));
    assertThat(page("/")).contains("1 leads", "Brightwater Builders", "72 warm");
  }

  @ParameterizedTest
  @CsvSource({
    "CLOSED, Is the offer still good?, true",
    "BOOKED, See you then. What shall we prepare?, true",
    "FAILED, Hello?, true",
    "IN_CONVERSATION, The execution takes this one up., false",
    "CLOSED, STOP, false"
  })
  void aReplyThatCameAfterTheEndWaitsForAPerson(Stage stage, String text, boolean waits) {
    aLead(Samples.enrichedLead().at(stage, null, TestClock.START));
    platform
        .bean(Replies.class)
        .add(
            Samples.TENANT,
            new Reply(
                ReplyId.of("reply-1"),
                Samples.lead().id(),
                null,
                Reply.Kind.MESSAGE,
                "morgan@brightwater-builders.example",
                "Re: " + HOSTILE,
                text,
                null,
                Map.of(),
                TestClock.START,
                null,
                null,
                null,
                null,
                0));
    var lead = page("/leads/x", Map.of("leadId", Samples.lead().id().value()));
    if (waits) {
      assertThat(page("/replies")).contains(text, "&lt;script").doesNotContain("<script>");
      assertThat(page("/")).contains("<strong>1</strong> replies wait");
      assertThat(lead).contains("/replies?tenant=acme");
      platform.clock().advance(Duration.ofDays(31));
    }
    assertThat(page("/replies")).contains("No reply waits for you");
  }

  @Test
  void whatOthersWroteStaysText() {
    var company = Samples.enrichedCompany();
    var lead =
        Samples.lead()
            .enriched(
                new Company(
                    HOSTILE,
                    company.key(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null),
                Samples.contact(),
                null,
                TestClock.START);
    aLead(lead);
    for (var path : List.of("/", "/leads")) {
      assertThat(page(path)).contains("&lt;script").doesNotContain("<script>");
    }
    assertThat(page("/leads/" + lead.id(), Map.of("leadId", lead.id().value())))
        .contains("&lt;script")
        .doesNotContain("<script>");
  }

  @Test
  void aLeadsPageTellsItsWholeStoryWithReasonsAndCosts() {
    var lead = Samples.enrichedLead().scored(72, "warm", TestClock.START);
    aLead(lead);
    var leads = platform.bean(Leads.class);
    leads.add(
        Samples.TENANT,
        lead.id(),
        new Score(
            72,
            "warm",
            0.8,
            List.of(
                new Score.Component(
                    "authority", 25, 25, List.of(new Score.Reason("owner", 25, "Owner decides")))),
            List.of(),
            "1",
            TestClock.START.plusSeconds(1)));
    leads.add(
        Samples.TENANT,
        lead.id(),
        new Cost("c", "person match", "apollo", 12_500, TestClock.START.plusSeconds(2)));
    platform.bean(Drafts.class).add(Samples.TENANT, draft(lead));
    platform
        .bean(Touches.class)
        .plan(
            Samples.TENANT,
            new Touch(
                TouchId.of("touch-1"),
                lead.id(),
                DraftId.of("draft-1"),
                Purpose.FIRST_TOUCH,
                1,
                "acme-fire.example",
                "morgan@brightwater-builders.example",
                Touch.Status.UNKNOWN,
                TestClock.START.plusSeconds(4),
                "<m@acme-fire.example>",
                null,
                "token",
                "ses",
                null,
                null,
                "the provider did not answer",
                0));
    platform
        .bean(Replies.class)
        .add(
            Samples.TENANT,
            new Reply(
                ReplyId.of("reply-1"),
                lead.id(),
                TouchId.of("touch-1"),
                Reply.Kind.MESSAGE,
                "morgan@brightwater-builders.example",
                "Re: Hello",
                "Please stop.",
                null,
                Map.of(),
                TestClock.START.plusSeconds(5),
                Reply.Intent.UNSUBSCRIBE,
                "rule:opt-out.phrase",
                null,
                TestClock.START.plusSeconds(6),
                0));
    assertThat(page("/leads/" + lead.id(), Map.of("leadId", lead.id().value())))
        .containsSubsequence(
            "Cost so far",
            "USD 0.0125",
            "Signal: Fire Alarm Permit FA-2026-0017",
            "Scored 72, warm",
            "+25 Owner decides",
            "Paid USD 0.0125 for person match",
            "Draft (first touch): Hello",
            "Message 1: unknown (the provider did not answer",
            "Reply: unsubscribe",
            "understood by rule:opt-out.phrase",
            "Please stop.");
  }

  @Test
  void pendingDraftsLinkToTheirDecision() {
    var lead = Samples.enrichedLead().scored(72, "warm", TestClock.START);
    aLead(lead);
    platform.bean(Drafts.class).add(Samples.TENANT, draft(lead));
    platform
        .bean(Approvals.class)
        .open(
            Samples.TENANT,
            Approval.asked(
                ApprovalId.of("approval-1"),
                lead.id(),
                DraftId.of("draft-1"),
                "hash",
                72,
                "the-token-nobody-may-see",
                TestClock.START,
                TestClock.START.plusSeconds(3600)));
    assertThat(page("/approvals"))
        .contains("/approvals/approval-1?t=", "Brightwater Builders")
        .doesNotContain("the-token-nobody-may-see");
    assertThat(page("/")).contains("<strong>1</strong> drafts wait");
  }

  @Test
  void endpointsThatWereSwitchedOffAreTold() {
    assertThat(page("/webhooks")).contains("No system of yours is told");
    var endpoints = platform.bean(WebhookEndpoints.class);
    var entry = new AuditEntry(TestClock.START, "user:robin", "test", "e", "test");
    var made =
        WebhookEndpoint.made(
            EndpointId.of("e"), "https://hooks.acme.example/", Set.of(), HOSTILE, TestClock.START);
    endpoints.create(Samples.TENANT, made, entry);
    var delivery =
        WebhookDelivery.of("event-1", EventType.LEAD_CREATED, "{}", made, TestClock.START)
            .held(TestClock.START);
    platform.bean(WebhookDeliveries.class).add(Samples.TENANT, delivery);
    assertThat(page("/webhooks"))
        .contains(
            "https://hooks.acme.example/", "lead.created", "/webhooks/replay?t=", "Send again")
        .contains("&lt;script")
        .doesNotContain("<script>");
    assertThat(page("/")).doesNotContain("switched off");

    endpoints.replace(
        Samples.TENANT,
        endpoints
            .list(Samples.TENANT)
            .getFirst()
            .in(WebhookEndpoint.State.FAILING, TestClock.START),
        entry);
    assertThat(page("/")).contains("<strong>1</strong> of your webhook endpoints");
    assertThat(page("/webhooks"))
        .contains("all attempts of a delivery failed")
        .doesNotContain("Send again");
  }

  @Test
  void anotherTenantsLeadIsNotFound() {
    aLead(Samples.lead());
    platform
        .bean(Tenants.class)
        .create(
            new io.leadloom.model.Tenant(
                Samples.OTHER_TENANT,
                "Globex",
                "roofing",
                io.leadloom.model.Tenant.Mode.MANUAL,
                null,
                List.of(),
                Samples.tenant().sender(),
                Samples.tenant().subscription(),
                null,
                0));
    assertThatThrownBy(() ->
            handler()
                .handle(
                    request(
                        "/leads/" + Samples.lead().id(),
                        "globex",
                        Map.of("leadId", Samples.lead().id().value()))))
        .isInstanceOf(NotFoundException.class);
    assertThat(text(handler().handle(request("/", "", Map.of()))))
        .contains("acme", "globex", "Tenants");
  }

  private void aLead(Lead lead) {
    platform
        .bean(Permits.class)
        .raise(
            Samples.TENANT,
            new PermitRow(
                "p",
                "h",
                "austin",
                "1",
                PermitRow.Fate.LEAD,
                "r",
                lead.id(),
                "run",
                1,
                TestClock.START),
            lead,
            Samples.signal());
  }

  private static Draft draft(Lead lead) {
    return new Draft(
        DraftId.of("draft-1"),
        lead.id(),
        Purpose.FIRST_TOUCH,
        1,
        "Hello",
        "A message",
        "template:a",
        List.of(),
        null,
        null,
        null,
        "hash",
        TestClock.START.plusSeconds(3));
  }

  private String page(String path) {
    return page(path, Map.of());
  }

  private String page(String path, Map<String, String> parameters) {
    return text(handler().handle(request(path, "acme", parameters)));
  }

  private static HttpRequest request(String path, String tenant, Map<String, String> parameters) {
    return new HttpRequest(
        "GET",
        path,
        parameters,
        Map.of("tenant", tenant),
        Map.of(),
        new byte[0],
        Optional.empty(),
        Optional.empty());
  }

  private ConsoleHandler handler() {
    return new ConsoleHandler(
        platform.bean(Console.class),
        platform.bean(Tenants.class),
        platform.bean(Invocations.class));
  }

  private static String text(io.leadloom.platform.HttpResponse response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
