package io.leadloom.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.model.Approval;
import io.leadloom.model.ApprovalId;
import io.leadloom.model.DraftId;
import io.leadloom.platform.Approvals;
import io.leadloom.platform.Audit;
import io.leadloom.platform.Companies;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Tenants;
import io.leadloom.testkit.Crashes;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PurgeDeletedTest {

  private static final ApprovalId APPROVAL = ApprovalId.of("approval-1");

  @RegisterExtension final Platform platform = new Platform();

  @Test
  void aLeadIsGoneThirtyDaysAfterItWasPutAway() {
    putAway();
    platform.clock().advance(PurgeDeleted.GRACE.minusMinutes(1));
    assertThat(run()).isZero();
    assertThat(platform.bean(Leads.class).find(Samples.TENANT, Samples.lead().id())).isPresent();

    assertThat(companies().listContacts(Samples.TENANT, null, 10)).hasSize(1);

    platform.clock().advance(Duration.ofMinutes(2));
    assertThat(run()).isEqualTo(1);
    assertThat(platform.bean(Leads.class).find(Samples.TENANT, Samples.lead().id())).isEmpty();
    assertThat(platform.bean(Approvals.class).find(Samples.TENANT, APPROVAL)).isEmpty();
    assertThat(platform.bean(Leads.class).deleted(Samples.TENANT, null, 10)).isEmpty();
    assertThat(companies().listContacts(Samples.TENANT, null, 10)).isEmpty();
    assertThat(companies().list(Samples.TENANT, null, 10)).isEmpty();
    assertThat(platform.bean(Audit.class).list(Samples.TENANT, null, 10))
        .extracting(recorded -> recorded.entry().action())
        .containsExactly("lead.purged");
    assertThat(run()).isZero();
  }

  @Test
  void aLeadThatWasTakenBackStays() {
    putAway();
    platform.clock().advance(Duration.ofDays(29));
    platform
        .bean(Leads.class)
        .change(
            Samples.TENANT, Samples.lead().id(), lead -> lead.restored(platform.clock().instant()));
    platform.clock().advance(Duration.ofDays(90));
    assertThat(run()).isZero();
    assertThat(platform.bean(Leads.class).find(Samples.TENANT, Samples.lead().id())).isPresent();
  }

  @Test
  void aRemovalThatBrokeOffIsCompleted() {
    Crashes.on(platform)
        .everywhere(
            () -> {
              putAway();
              platform.clock().advance(Duration.ofDays(31));
            },
            () -> {
              run();
              return "removed";
            });
  }

  private void putAway() {
    platform.bean(Tenants.class).create(Samples.tenant());
    platform.raise(Samples.lead());
    var now = platform.clock().instant();
    platform
        .bean(Approvals.class)
        .open(
            Samples.TENANT,
            Approval.asked(
                APPROVAL,
                Samples.lead().id(),
                DraftId.of("draft-1"),
                "hash",
                80,
                "token",
                now,
                now.plusSeconds(60)));
    platform
        .bean(Leads.class)
        .change(
            Samples.TENANT,
            Samples.lead().id(),
            lead ->
                lead.enriched(
                    Samples.enrichedCompany(), Samples.contact(), "America/Chicago", now));
    platform
        .bean(Leads.class)
        .change(Samples.TENANT, Samples.lead().id(), lead -> lead.deleted(now));
  }

  private Companies companies() {
    return platform.bean(Companies.class);
  }

  private int run() {
    return Events.send(new PurgeDeletedHandler(), "lifecycle/purge-deleted--daily")
        .path("removed")
        .asInt();
  }
}
