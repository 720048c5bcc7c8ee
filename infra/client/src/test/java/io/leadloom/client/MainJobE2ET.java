package io.leadloom.client;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import io.leadloom.cli.LocalLeadloom;
import io.leadloom.cli.LocalTenants;
import io.leadloom.cli.LocalTokens;
import io.leadloom.client.api.ApprovalsApi;
import io.leadloom.client.api.ImportsApi;
import io.leadloom.client.api.KeysApi;
import io.leadloom.client.api.LeadsApi;
import io.leadloom.client.api.TenantsApi;
import io.leadloom.client.model.Event;
import io.leadloom.client.model.ImportProgress;
import io.leadloom.client.model.LeadView;
import io.leadloom.client.model.NewDecision;
import io.leadloom.client.model.NewImport;
import io.leadloom.client.model.NewKey;
import io.leadloom.client.model.NewSender;
import io.leadloom.client.model.NewTenant;
import io.leadloom.client.model.Row;
import io.leadloom.client.model.TenantView;
import io.leadloom.clock.StackClock;
import io.leadloom.model.TenantId;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job, done over HTTP by a client that knows nothing but the API's document. */
class MainJobE2ET {

  /** The morning after the newest record of the sample. */
  private static final Instant START = Instant.parse("2026-03-02T13:00:00Z");

  private static final String DANA = "dana@brightwater.example";
  private static final int ROWS = 12;
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir private Path folder;

  @Test
  void aTenantIsFoundedItsRecordsImportedTheirDraftsApprovedAndAMeetingBooked() throws Exception {
    try (var clock = StackClock.startingAt(START, StackClock.AS_FAST_AS_POSSIBLE);
        var hold = clock.hold();
        var leadloom = LocalLeadloom.start(folder, 0, 0, clock, 1)) {
      var credentials = new AtomicReference<>(LocalTokens.signIn(leadloom.issuer(), DANA));
      var client =
          new ApiClient()
              .setRequestInterceptor(
                  request -> request.header("Authorization", "Bearer " + credentials.get()));
      client.updateBaseUri(leadloom.api().toString());
      var tenant = founded(new TenantsApi(client));
      // The next token is for the new tenant; a key for programs outlives it.
      credentials.set(LocalTokens.signIn(leadloom.issuer(), DANA));
      credentials.set(keyOf(new KeysApi(client)));
      // Accounts at third parties are an operator's business, not the API's.
      LocalTenants.credentials(TenantId.of(tenant.getId()));
      var time = new Time(leadloom, clock, hold);

      var imported = imported(new ImportsApi(client), time);
      var booked = booked(new ApprovalsApi(client), new LeadsApi(client), time);

      assertThat(imported.getLeads()).isPositive();
      assertThat(imported.getRowsDone()).isEqualTo(ROWS);
      var timeline =
          new LeadsApi(client)
              .getLeadTimeline(
                  LeadsApi.APIGetLeadTimelineRequest.newBuilder().leadId(booked.getId()).build());
      assertThat(timeline.getEvents())
          .extracting(Event::getKind)
          .contains(
              Event.KindEnum.SIGNAL,
              Event.KindEnum.DRAFT,
              Event.KindEnum.APPROVAL,
              Event.KindEnum.TOUCH,
              Event.KindEnum.REPLY,
              Event.KindEnum.BOOKING);
    }
  }

  private static TenantView founded(TenantsApi tenants) throws ApiException {
    return tenants.foundTenant(
        TenantsApi.APIFoundTenantRequest.newBuilder()
            .idempotencyKey("brightwater")
            .newTenant(
                new NewTenant()
                    .name("Brightwater Fire Safety")
                    .pack("fire-safety")
                    .sender(
                        new NewSender()
                            .name("Dana Reyes")
                            .email(DANA)
                            .postalAddress("100 Sample Street, Austin, TX 78701")))
            .build());
  }

  private static String keyOf(KeysApi keys) throws ApiException {
    return keys.createKey(
            KeysApi.APICreateKeyRequest.newBuilder()
                .idempotencyKey("importer")
                .newKey(new NewKey().name("Importer").role(NewKey.RoleEnum.MEMBER))
                .build())
        .getText();
  }

  private static ImportProgress imported(ImportsApi imports, Time time) throws Exception {
    var begun =
        imports.beginImport(
            ImportsApi.APIBeginImportRequest.newBuilder()
                .idempotencyKey("file-1")
                .newImport(new NewImport().source("permits").rows(sample()))
                .build());
    while (true) {
      var now =
          imports.getImport(
              ImportsApi.APIGetImportRequest.newBuilder().importId(begun.getId()).build());
      if (now.getStatus() != ImportProgress.StatusEnum.RUNNING) {
        assertThat(now.getStatus()).as(now.toString()).isEqualTo(ImportProgress.StatusEnum.DONE);
        return now;
      }
      time.pass();
    }
  }

  /** Approves whatever waits until a lead has its meeting. */
  private static LeadView booked(ApprovalsApi approvals, LeadsApi leads, Time time)
      throws Exception {
    while (true) {
      var pending =
          approvals
              .listApprovals(ApprovalsApi.APIListApprovalsRequest.newBuilder().limit(100).build())
              .getApprovals();
      for (var approval : pending) {
        approvals.decideApproval(
            ApprovalsApi.APIDecideApprovalRequest.newBuilder()
                .approvalId(approval.getId())
                .idempotencyKey("approve-" + approval.getId())
                .newDecision(new NewDecision().decision(NewDecision.DecisionEnum.APPROVE))
                .build());
      }
      var booked =
          leads
              .listLeads(LeadsApi.APIListLeadsRequest.newBuilder().stage("booked").build())
              .getLeads();
      if (!booked.isEmpty()) {
        return booked.getFirst();
      }
      time.pass();
    }
  }

  private static List<Row> sample() {
    var file =
        Objects.requireNonNull(LocalLeadloom.class.getResourceAsStream("/samples/permits.csv"));
    try (var reader = new InputStreamReader(file, StandardCharsets.UTF_8);
        var records = CsvReader.builder().ofNamedCsvRecord(reader)) {
      return records.stream()
          .limit(ROWS)
          .map(record ->
              new Row().line(record.getStartingLineNumber()).fields(record.getFieldsAsMap()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets the stack's time pass, from one thing that happens to the next. */
  private record Time(LocalLeadloom leadloom, StackClock clock, StackClock.Hold hold) {

    private static final Duration SOON = Duration.ofHours(1);

    /** Until nothing is at work, and nothing is to come within the hour. */
    void pass() {
      var deadline = System.nanoTime() + PATIENCE.toNanos();
      do {
        hold.step();
        do {
          LockSupport.parkNanos(1_000_000);
          assertThat(System.nanoTime()).as("the stack comes to rest").isLessThan(deadline);
        } while (!leadloom.idle());
      } while (clock.nextDue().filter(due -> due.isBefore(clock.instant().plus(SOON))).isPresent());
    }
  }
}
