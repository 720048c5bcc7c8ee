package io.leadloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.model.Approval;
import io.leadloom.model.ApprovalId;
import io.leadloom.model.AuditEntry;
import io.leadloom.model.Company;
import io.leadloom.model.DraftId;
import io.leadloom.model.Lead;
import io.leadloom.model.LeadId;
import io.leadloom.model.Plan;
import io.leadloom.model.Seal;
import io.leadloom.model.Stage;
import io.leadloom.model.Subscription;
import io.leadloom.platform.Approvals;
import io.leadloom.platform.Audit;
import io.leadloom.platform.Audit.Recorded;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Limits;
import io.leadloom.platform.Permits;
import io.leadloom.platform.Tenants;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** That a large tenant's lists are spread, and read as if they were not. */
class HotKeysTest {

  /** What DynamoDB lets one partition take, at most. */
  private static final double PARTITION = 1_000;

  private static final int LEADS_A_SECOND = 20;
  private static final int LEADS = 60;

  private static final List<Stage> LIFE =
      List.of(
          Stage.ENRICHED,
          Stage.QUALIFIED,
          Stage.AWAITING_APPROVAL,
          Stage.SCHEDULED,
          Stage.CONTACTED,
          Stage.IN_CONVERSATION,
          Stage.AWAITING_APPROVAL,
          Stage.SCHEDULED,
          Stage.BOOKED);

  @RegisterExtension final Platform platform = new Platform();

  /**
   * Where leads come and go at the same rate, what one life writes to a key, times the rate, is
   * what the key takes in a second.
   */
  @Test
  void twentyLeadsASecondOfOneTenantMakeNoKeyHot() {
    subscribe("dominance");
    CountedWrites.begin();
    IntStream.range(0, LEADS).forEach(this::live);
    seal();
    var aSecond =
        CountedWrites.end().stream()
            .map(e -> Map.entry(e.getKey(), e.getValue() * LEADS_A_SECOND / LEADS))
            .toList();

    System.out.printf("%nWrite units a second at %d leads a second%n", LEADS_A_SECOND);
    aSecond.stream()
        .limit(15)
        .forEach(e -> System.out.printf("%7.1f  %s%n", e.getValue(), e.getKey()));
    assertThat(aSecond.getFirst().getValue()).isLessThan(PARTITION / 4);
    var partitions = aSecond.stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    assertThat(partitions)
        .contains("index T#acme#AUDIT", "index T#acme#AUDIT#1")
        .contains("index T#acme#AUDIT#2", "index T#acme#AUDIT#3")
        .contains("index T#acme#STAGE#booked", "index T#acme#STAGE#booked#3");
  }

  @Test
  void aListOverShardsIsReadAsOneInOrderPageByPage() {
    subscribe("dominance");
    IntStream.range(0, 12).forEach(n -> booked(n));
    assertThat(pages(5)).containsExactlyElementsOf(latestFirst(12));
    assertThat(platform.bean(Leads.class).countInStage(Samples.TENANT, Stage.BOOKED)).isEqualTo(12);
  }

  @Test
  void aTenantGrowsWithoutAMigration() {
    subscribe("ignition");
    IntStream.range(0, 6).forEach(n -> booked(n));
    assertThat(pages(4)).containsExactlyElementsOf(latestFirst(6));
    var tenants = platform.bean(Tenants.class);
    var tenant = tenants.get(Samples.TENANT);
    tenants.change(tenant.with(tenant.subscription().changedTo(Plan.of("dominance"))));
    // A function that has been up for a while goes by the old number for a while.
    IntStream.range(6, 9).forEach(n -> booked(n));
    platform.clock().advance(Duration.ofHours(2));
    IntStream.range(9, 16).forEach(n -> booked(n));

    assertThat(pages(4)).containsExactlyElementsOf(latestFirst(16));
    assertThat(platform.bean(Leads.class).countInStage(Samples.TENANT, Stage.BOOKED)).isEqualTo(16);
  }

  private void subscribe(String plan) {
    platform.bean(Tenants.class).create(Samples.tenant().with(Subscription.to(Plan.of(plan))));
  }

  /** All that the lists and the counters see of a lead. */
  private void live(int n) {
    var leads = platform.bean(Leads.class);
    var lead = raise(n);
    for (var stage : LIFE) {
      platform.clock().advance(Duration.ofSeconds(7));
      var now = platform.clock().instant();
      leads.change(
          Samples.TENANT,
          lead,
          seen ->
              (stage == Stage.ENRICHED
                      ? seen.enriched(
                          Samples.enrichedCompany(), Samples.contact(), "America/Chicago", now)
                      : seen)
                  .at(stage, "reason.of-a-step", now));
      note(lead, "lead." + stage, "A sentence that says why a step decided as it did, in full");
      if (stage == Stage.AWAITING_APPROVAL) {
        decide(lead, ApprovalId.of("approval-" + lead + "-" + now.getEpochSecond()));
        note(lead, "draft.written", "fire-safety first-touch template 3");
      } else if (stage == Stage.SCHEDULED) {
        platform
            .bean(Limits.class)
            .take(Samples.TENANT, "mail", "day", 1, Long.MAX_VALUE, Duration.ofDays(2));
        note(lead, "touch.sent", "resend");
      }
    }
  }

  private void decide(LeadId lead, ApprovalId id) {
    var approvals = platform.bean(Approvals.class);
    var now = platform.clock().instant();
    var draft = DraftId.of("draft-" + id.value());
    approvals.open(
        Samples.TENANT,
        Approval.asked(
            id, lead, draft, "h".repeat(64), 80, "t".repeat(600), now, now.plusSeconds(9)));
    approvals.decide(
        Samples.TENANT,
        approvals
            .get(Samples.TENANT, id)
            .decided(Approval.Status.APPROVED, "user:dana", draft, null, now),
        new AuditEntry(now, "user:dana", "approved", draft.value(), ""),
        same -> same);
    approvals.change(Samples.TENANT, approvals.get(Samples.TENANT, id).resumed(now));
  }

  private void note(LeadId lead, String action, String why) {
    platform
        .bean(Audit.class)
        .record(
            Samples.TENANT,
            new AuditEntry(platform.clock().instant(), "step:any", action, lead.value(), why));
  }

  private void seal() {
    var audit = platform.bean(Audit.class);
    var entries =
        audit.list(Samples.TENANT, null, Integer.MAX_VALUE).stream().map(Recorded::sealed).toList();
    assertThat(entries).hasSize(LEADS * (LIFE.size() + 6));
    Seal last = null;
    for (var from = 0; from < entries.size(); from += Audit.MOST_SEALED) {
      var some = entries.subList(from, Math.min(from + Audit.MOST_SEALED, entries.size()));
      last = Seal.after(last, platform.clock().instant(), some);
      assertThat(audit.seal(Samples.TENANT, last)).isTrue();
    }
  }

  private LeadId raise(int n) {
    var lead =
        Lead.raised(
            Samples.TENANT,
            Samples.CAMPAIGN,
            "fire-safety",
            Company.named("Company " + n, "company " + n, "1 Way", "Austin", "TX", "78701"),
            "America/Chicago",
            platform.clock().instant());
    platform
        .bean(Permits.class)
        .raise(Samples.TENANT, Samples.rowRaising(lead), lead, Samples.signal());
    return lead.id();
  }

  private void booked(int n) {
    platform.clock().advance(Duration.ofSeconds(1));
    var now = platform.clock().instant();
    platform
        .bean(Leads.class)
        .change(Samples.TENANT, raise(n), lead -> lead.at(Stage.BOOKED, "meeting.booked", now));
  }

  private List<String> pages(int size) {
    var leads = platform.bean(Leads.class);
    var names = new java.util.ArrayList<String>();
    var ids = new HashSet<LeadId>();
    var page = leads.inStage(Samples.TENANT, Stage.BOOKED, null, size);
    while (!page.isEmpty()) {
      page.forEach(lead -> {
        assertThat(ids.add(lead.id())).isTrue();
        names.add(lead.company().name());
      });
      page = leads.inStage(Samples.TENANT, Stage.BOOKED, Leads.place(page.getLast()), size);
    }
    return names;
  }

  private static List<String> latestFirst(int count) {
    return IntStream.range(0, count).mapToObj(n -> "Company " + n).toList().reversed();
  }
}
