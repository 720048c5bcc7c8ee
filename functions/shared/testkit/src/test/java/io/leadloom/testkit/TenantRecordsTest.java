package io.leadloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.model.Company;
import io.leadloom.model.CompanyProfile;
import io.leadloom.model.Lead;
import io.leadloom.model.LeadRef;
import io.leadloom.model.Seal;
import io.leadloom.model.Stage;
import io.leadloom.model.Suppression;
import io.leadloom.model.Team;
import io.leadloom.model.TenantId;
import io.leadloom.model.TouchId;
import io.leadloom.model.UserId;
import io.leadloom.model.fault.ConflictException;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.platform.Audit;
import io.leadloom.platform.Companies;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Links;
import io.leadloom.platform.Replies;
import io.leadloom.platform.Suppressions;
import io.leadloom.platform.Teams;
import io.leadloom.platform.TenantRecords;
import io.leadloom.platform.Tenants;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TenantRecordsTest {

  private static final UserId DANA = UserId.of("dana");
  private static final String ADDRESS = "morgan@brightwater.example";

  @RegisterExtension final Platform platform = new Platform();

  @Test
  void whatIsTakenOutAndBroughtInElsewhereIsTheSame() {
    tenantAtWork();
    var taken = export(Samples.TENANT);
    platform.renew();

    var loaded = records().load(Samples.TENANT, taken);

    assertThat(loaded.brought()).isEqualTo(taken.size() - 3);
    assertThat(loaded.still()).isEqualTo(1);
    var again = export(Samples.TENANT);
    var same = new ArrayList<>(body(taken));
    same.removeIf(line -> line.contains("\"waiting\"") || line.contains(inMidCourse().value()));
    var there = new ArrayList<>(body(again));
    there.removeIf(line -> line.contains(inMidCourse().value()));
    assertThat(there).containsExactlyInAnyOrderElementsOf(same);
    assertThat(platform.bean(Teams.class).tenantsOf(DANA)).containsExactly(Samples.TENANT);

    var still = platform.bean(Leads.class).inStage(Samples.TENANT, Stage.FAILED, 10);
    assertThat(still).singleElement().extracting(Lead::id).isEqualTo(inMidCourse());
    assertThat(still.getFirst().reason()).isEqualTo(TenantRecords.LEFT_BEHIND);

    var repeated = records().load(Samples.TENANT, taken);
    assertThat(repeated.brought()).isZero();
    assertThat(export(Samples.TENANT)).hasSameSizeAs(again);
  }

  @Test
  void anEntryThatWasSealedSinceItWasBroughtIsTheSame() {
    tenantAtWork();
    var taken = export(Samples.TENANT);
    platform.renew();
    records().load(Samples.TENANT, taken);
    var audit = platform.bean(Audit.class);
    var entries =
        audit.list(Samples.TENANT, null, 10).stream().map(Audit.Recorded::sealed).toList();
    assertThat(audit.seal(Samples.TENANT, Seal.after(null, TestClock.START, entries))).isTrue();

    assertThat(records().load(Samples.TENANT, taken).brought()).isZero();
  }

  @Test
  void aCopyUnderAnotherNameIsATenantOfItsOwn() {
    tenantAtWork();
    var before = body(export(Samples.TENANT));
    var copy = TenantId.of("copy");

    records().load(copy, export(Samples.TENANT));

    assertThat(body(export(Samples.TENANT))).containsExactlyInAnyOrderElementsOf(before);
    assertThat(platform.bean(Tenants.class).get(copy).id()).isEqualTo(copy);
    assertThat(platform.bean(Tenants.class).ids()).containsExactly(Samples.TENANT, copy);
    assertThat(platform.bean(Teams.class).tenantsOf(DANA)).contains(Samples.TENANT, copy);
    var leads = platform.bean(Leads.class).inStage(copy, Stage.BOOKED, 10);
    assertThat(leads).hasSize(3).allMatch(lead -> lead.tenant().equals(copy));
    assertThat(platform.bean(Audit.class).list(copy, null, 10)).hasSize(1);
    var companies = platform.bean(Companies.class);
    assertThat(companies.leads(copy, CompanyProfile.idOf(Samples.company().key()))).hasSize(1);
    assertThat(companies.listContacts(copy, null, 10)).hasSize(1);
    assertThat(platform.bean(Suppressions.class).match(copy, ADDRESS)).isPresent();
    assertThat(platform.bean(Links.class).find("reply-token", "token").orElseThrow().tenant())
        .isEqualTo(Samples.TENANT);
    assertThat(String.join("\n", body(export(copy)))).doesNotContain("T#acme");
  }

  @Test
  void aTenantThatWentOnIsNotOverwritten() {
    tenantAtWork();
    var taken = export(Samples.TENANT);
    platform
        .bean(Leads.class)
        .change(
            Samples.TENANT,
            booked(1).id(),
            lead -> lead.ownedBy("robin", platform.clock().instant()));
    var before = body(export(Samples.TENANT));

    assertThatThrownBy(() -> records().load(Samples.TENANT, taken))
        .isInstanceOf(ConflictException.class);
    assertThat(body(export(Samples.TENANT))).containsExactlyInAnyOrderElementsOf(before);
    assertThatThrownBy(() -> records().load(Samples.OTHER_TENANT, taken.subList(0, 4)))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void anImportThatBrokeOffIsCompleted() {
    platform.bean(Tenants.class).create(Samples.tenant());
    raise(Samples.lead(), Stage.CONTACTED);
    var taken = export(Samples.TENANT);
    Crashes.on(platform)
        .everywhere(
            () -> {},
            () -> {
              records().load(Samples.TENANT, taken);
              return "brought";
            });
  }

  @Test
  void ofATenantThatIsRemovedStayOnlyWhomNeverToWriteToAndThatItWas() {
    tenantAtWork();
    platform.bean(Tenants.class).create(other());
    var others = body(export(Samples.OTHER_TENANT));

    assertThat(records().purge(Samples.TENANT, "operator")).isPositive();

    assertThat(body(export(Samples.TENANT)))
        .hasSize(2)
        .anyMatch(line -> line.contains("removedTenant"))
        .anyMatch(line -> line.contains(Suppression.hashOf(ADDRESS)));
    assertThat(records().removed(Samples.TENANT).orElseThrow().by()).isEqualTo("operator");
    assertThat(platform.bean(Tenants.class).ids()).containsExactly(Samples.OTHER_TENANT);
    assertThat(platform.bean(Links.class).find("reply-token", "token")).isEmpty();
    assertThat(body(export(Samples.OTHER_TENANT))).containsExactlyInAnyOrderElementsOf(others);
  }

  @Test
  void aRemovalThatBrokeOffIsCompleted() {
    Crashes.on(platform)
        .everywhere(
            () -> {
              platform.bean(Tenants.class).create(Samples.tenant());
              platform.raise(Samples.lead());
              platform.bean(Audit.class).record(Samples.TENANT, Samples.auditEntry());
            },
            () -> {
              records().purge(Samples.TENANT, "operator");
              return "removed";
            });
  }

  /** Three leads that are booked, one in mid-course, and something of most kinds. */
  private void tenantAtWork() {
    var now = platform.clock().instant();
    platform
        .bean(Tenants.class)
        .create(Samples.tenant(), Team.of(Samples.TENANT, DANA, "dana@acme.example", now));
    IntStream.range(0, 3).forEach(n -> raise(booked(n), Stage.BOOKED));
    raise(Samples.lead(), Stage.CONTACTED);
    platform
        .bean(Leads.class)
        .change(
            Samples.TENANT,
            inMidCourse(),
            lead ->
                lead.enriched(
                    Samples.enrichedCompany(), Samples.contact(), "America/Chicago", now));
    platform.bean(Audit.class).record(Samples.TENANT, Samples.auditEntry());
    platform
        .bean(Suppressions.class)
        .add(
            Samples.TENANT,
            new Suppression(Suppression.hashOf(ADDRESS), "opt-out.reply", "reply-1", now));
    var touch = TouchId.of("touch-1");
    platform
        .bean(Links.class)
        .put("reply-token", "token", new LeadRef(Samples.TENANT, inMidCourse(), touch));
    platform
        .bean(Replies.class)
        .await(Samples.TENANT, inMidCourse(), new Replies.Waiting(touch, "task-token", now));
  }

  private void raise(Lead lead, Stage stage) {
    platform.raise(lead);
    platform
        .bean(Leads.class)
        .change(Samples.TENANT, lead.id(), seen -> seen.at(stage, "some.reason", TestClock.START));
  }

  private static io.leadloom.model.LeadId inMidCourse() {
    return Samples.lead().id();
  }

  private static Lead booked(int n) {
    return Lead.raised(
        Samples.TENANT,
        Samples.CAMPAIGN,
        "fire-safety",
        Company.named("Company " + n, "company " + n, "1 Way", "Austin", "TX", "78701"),
        "America/Chicago",
        TestClock.START);
  }

  private static io.leadloom.model.Tenant other() {
    var like = Samples.tenant();
    return new io.leadloom.model.Tenant(
        Samples.OTHER_TENANT,
        like.name(),
        like.pack(),
        like.mode(),
        null,
        like.approvers(),
        like.sender(),
        like.subscription(),
        null,
        0);
  }

  private TenantRecords records() {
    return platform.bean(TenantRecords.class);
  }

  private List<String> export(TenantId tenant) {
    var lines = new ArrayList<String>();
    records().export(tenant, lines::add);
    return lines;
  }

  /** The items, without the first and the last line. */
  private static List<String> body(List<String> lines) {
    return lines.subList(1, lines.size() - 1);
  }
}
