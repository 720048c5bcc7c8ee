package io.leadloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.model.Approval;
import io.leadloom.model.ApprovalId;
import io.leadloom.model.DraftId;
import io.leadloom.model.Lead;
import io.leadloom.model.Milestone;
import io.leadloom.model.PermitRow;
import io.leadloom.model.Plan;
import io.leadloom.model.Stage;
import io.leadloom.model.Subscription;
import io.leadloom.model.Suppression;
import io.leadloom.model.fault.NotFoundException;
import io.leadloom.platform.Approvals;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Limits;
import io.leadloom.platform.Permits;
import io.leadloom.platform.Suppressions;
import io.leadloom.platform.Tenants;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The stores of the platform, on DynamoDB Local. */
class StoresTest {

  @RegisterExtension final Platform platform = new Platform();

  @Test
  void tenantIsReadBackAsItWasWritten() {
    var tenants = platform.bean(Tenants.class);
    assertThat(tenants.create(Samples.tenant())).isTrue();
    assertThat(tenants.create(Samples.tenant())).isFalse();
    assertThat(tenants.get(Samples.TENANT)).isEqualTo(Samples.tenant());
    assertThat(tenants.ids()).containsExactly(Samples.TENANT);
  }

  @Test
  void aTenantKeptBeforeThereWerePlansHasTheSmallest() {
    var tenants = platform.bean(Tenants.class);
    tenants.create(Samples.tenant());
    platform
        .bean(DynamoDbClient.class)
        .updateItem(b ->
            b.tableName(platform.table())
                .key(
                    Map.of(
                        "pk", AttributeValue.fromS("T#acme"), "sk", AttributeValue.fromS("TENANT")))
                .updateExpression("REMOVE subscription SET monthlyCredits = :credits, v = :v")
                .expressionAttributeValues(
                    Map.of(
                        ":credits", AttributeValue.fromN("500"), ":v", AttributeValue.fromN("1"))));
    assertThat(tenants.get(Samples.TENANT))
        .isEqualTo(Samples.tenant().with(Subscription.to(Plan.smallest())));
  }

  @Test
  void aRowRaisesALeadOnceAndLaterRowsJoinIt() {
    var permits = platform.bean(Permits.class);
    var leads = platform.bean(Leads.class);
    var lead = Samples.lead();
    assertThat(permits.raise(Samples.TENANT, row("a"), lead, Samples.signal()).fate())
        .isEqualTo(PermitRow.Fate.LEAD);
    assertThat(permits.raise(Samples.TENANT, row("a"), lead, Samples.signal()).fate())
        .isEqualTo(PermitRow.Fate.LEAD);
    assertThat(permits.raise(Samples.TENANT, row("b"), lead, Samples.signal()).fate())
        .isEqualTo(PermitRow.Fate.JOINED);
    assertThat(leads.get(Samples.TENANT, lead.id())).isEqualTo(lead);
    assertThat(leads.story(Samples.TENANT, lead.id()).signals()).containsExactly(Samples.signal());
  }

  @Test
  void aLeadMovesBetweenStages() {
    var leads = raised(Samples.enrichedLead());
    var id = Samples.lead().id();
    leads.change(
        Samples.TENANT,
        id,
        l ->
            l.at(Stage.ENRICHED, null, TestClock.START)
                .reaching(Milestone.ENRICHED, TestClock.START));
    assertThat(leads.inStage(Samples.TENANT, Stage.ENRICHED, 10)).hasSize(1);
    assertThat(leads.countInStage(Samples.TENANT, Stage.NEW)).isZero();
    assertThat(leads.get(Samples.TENANT, id).contact()).isEqualTo(Samples.contact());
  }

  @Test
  void concurrentChangesOfALeadAllCount() {
    var leads = raised(Samples.lead());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 3)
          .forEach(n ->
              threads.submit(() ->
                  leads.change(
                      Samples.TENANT,
                      Samples.lead().id(),
                      l -> l.reaching(Milestone.values()[n], TestClock.START))));
    }
    assertThat(leads.get(Samples.TENANT, Samples.lead().id()).reached()).hasSize(3);
  }

  @Test
  void anotherTenantSeesNothing() {
    var leads = raised(Samples.lead());
    assertThat(leads.find(Samples.OTHER_TENANT, Samples.lead().id())).isEmpty();
    assertThatThrownBy(() -> leads.story(Samples.OTHER_TENANT, Samples.lead().id()))
        .isInstanceOf(NotFoundException.class);
    assertThat(leads.inStage(Samples.OTHER_TENANT, Stage.NEW, 10)).isEmpty();
    var suppressions = platform.bean(Suppressions.class);
    suppressions.add(
        Samples.TENANT,
        new Suppression(Suppression.hashOf("A@b.example"), "opt-out", "reply", TestClock.START));
    assertThat(suppressions.match(Samples.TENANT, " a@B.example ")).isPresent();
    assertThat(suppressions.match(Samples.OTHER_TENANT, "a@b.example")).isEmpty();
  }

  @Test
  void aDecidedApprovalIsPendingNoMore() {
    var approvals = platform.bean(Approvals.class);
    var id = ApprovalId.of("approval-1");
    var approval =
        Approval.asked(
            id,
            Samples.lead().id(),
            DraftId.of("draft-1"),
            "hash",
            80,
            "token",
            TestClock.START,
            TestClock.START.plusSeconds(60));
    assertThat(approvals.open(Samples.TENANT, approval)).isTrue();
    assertThat(approvals.open(Samples.TENANT, approval)).isFalse();
    assertThat(approvals.pending(Samples.TENANT, 10)).containsExactly(approval);
    approvals.change(
        Samples.TENANT,
        approval.decided(
            Approval.Status.APPROVED, "dana", DraftId.of("draft-1"), null, TestClock.START));
    assertThat(approvals.pending(Samples.TENANT, 10)).isEmpty();
    assertThat(approvals.untold(Samples.TENANT)).hasSize(1);
    approvals.change(Samples.TENANT, approvals.get(Samples.TENANT, id).resumed(TestClock.START));
    assertThat(approvals.untold(Samples.TENANT)).isEmpty();
    assertThat(approvals.get(Samples.TENANT, id).decidedBy()).isEqualTo("dana");
    assertThat(approvals.find(Samples.OTHER_TENANT, id)).isEmpty();
  }

  @Test
  void aLimitIsNeverExceeded() throws Exception {
    var limits = platform.bean(Limits.class);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var taken =
          IntStream.range(0, 20)
              .mapToObj(n ->
                  threads.submit(() ->
                      limits
                          .take(Samples.TENANT, "mail", "day", 1, 7, Duration.ofDays(2))
                          .isPresent()))
              .toList();
      var granted = 0;
      for (var one : taken) {
        granted += one.get() ? 1 : 0;
      }
      assertThat(granted).isEqualTo(7);
    }
  }

  private Leads raised(Lead lead) {
    platform.bean(Permits.class).raise(Samples.TENANT, row("a"), lead, Samples.signal());
    return platform.bean(Leads.class);
  }

  private static PermitRow row(String hash) {
    return new PermitRow(
        "permit",
        hash,
        "austin",
        "FA-1",
        PermitRow.Fate.LEAD,
        "permit.fire-alarm",
        Samples.lead().id(),
        "run-1",
        2,
        TestClock.START);
  }
}
