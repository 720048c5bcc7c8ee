package io.leadloom.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.leadloom.model.Lead;
import io.leadloom.model.Stage;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.model.fault.NotFoundException;
import io.leadloom.platform.Credits;
import io.leadloom.platform.Leads;
import io.leadloom.testkit.Crashes;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import io.leadloom.testkit.TestClock;
import java.time.Duration;
import java.time.YearMonth;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The ends of a lead, through the handlers and their sample events. */
class LifecycleHandlersTest {

  @RegisterExtension final Platform platform = new Platform();

  @BeforeEach
  void raiseALead() {
    platform.raise(Samples.lead());
  }

  @Test
  void aClosedLeadKeepsStageAndReason() {
    assertThat(send(new CloseLeadHandler(), "close-lead--silent")).contains("CLOSED");
    assertThat(lead().stage()).isEqualTo(Stage.CLOSED);
    assertThat(lead().reason()).isEqualTo("reply.silent");
  }

  @Test
  void closingAgainChangesNothing() {
    send(new CloseLeadHandler(), "close-lead--silent");
    var before = lead();
    platform.clock().advance(Duration.ofMinutes(1));
    send(new CloseLeadHandler(), "close-lead--silent");
    assertThat(lead()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(names = {"BOOKED", "SUPPRESSED"})
  void whatWeighsMoreStays(Stage stage) {
    set(stage);
    send(new CloseLeadHandler(), "close-lead--silent");
    assertThat(lead().stage()).isEqualTo(stage);
  }

  @Test
  void aStageThatIsNoEndIsRefused() {
    var close = platform.bean(CloseLead.class);
    assertThatThrownBy(() -> close.run(Samples.TENANT, Samples.lead().id(), Stage.NEW, "x"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("NURTURE, CLOSED or SUPPRESSED");
  }

  @Test
  void anotherTenantsLeadIsNotFound() {
    var close = platform.bean(CloseLead.class);
    assertThatThrownBy(
            () -> close.run(Samples.OTHER_TENANT, Samples.lead().id(), Stage.CLOSED, "x"))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void aFaultIsKeptOnceWithTheLeadFailed() {
    assertThat(send(new RecordFaultHandler(), "record-fault--credentials-missing"))
        .contains("RECORDED");
    platform.clock().advance(Duration.ofMinutes(1));
    send(new RecordFaultHandler(), "record-fault--credentials-missing");
    var story = platform.bean(Leads.class).story(Samples.TENANT, Samples.lead().id());
    assertThat(story.lead().stage()).isEqualTo(Stage.FAILED);
    assertThat(story.lead().reason()).isEqualTo("fault.permanent");
    assertThat(story.faults())
        .singleElement()
        .satisfies(fault -> {
          assertThat(fault.execution()).isEqualTo(Samples.lead().id().value());
          assertThat(fault.cause()).contains("apollo.apiKey");
          assertThat(fault.at()).isEqualTo(TestClock.START);
        });
  }

  @Test
  void aLeadThatFailsBeforeItIsEnrichedLetsItsCreditGo() {
    var credits = platform.bean(Credits.class);
    credits.reserve(Samples.TENANT, Samples.lead().id(), 1);
    send(new RecordFaultHandler(), "record-fault--credentials-missing");
    assertThat(credits.balance(Samples.TENANT, YearMonth.of(2026, 3), 1).left()).isEqualTo(1);
  }

  @Test
  void aFaultAfterARedriveIsAnotherFault() {
    send(new RecordFaultHandler(), "record-fault--credentials-missing");
    set(Stage.ENRICHED);
    platform.clock().advance(Duration.ofHours(1));
    send(new RecordFaultHandler(), "record-fault--credentials-missing");
    assertThat(platform.bean(Leads.class).story(Samples.TENANT, Samples.lead().id()).faults())
        .hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "io.leadloom.model.fault.PermanentException, fault.permanent",
    "io.leadloom.model.fault.TenantBoundaryException, fault.tenant-boundary",
    "States.Timeout, fault.timeout",
    "States.TaskFailed, fault.task-failed",
    "java.lang.IllegalStateException, fault.unexpected",
    "unknown, fault.unexpected"
  })
  void errorsBecomeReasonCodes(String error, String reason) {
    assertThat(FaultReason.of(error)).isEqualTo(reason);
  }

  @ParameterizedTest
  @EnumSource(names = {"NURTURE", "CLOSED", "SUPPRESSED"})
  void aCrashWhileClosingChangesNothing(Stage end) {
    Crashes.on(platform)
        .everywhere(
            this::raiseALead,
            () -> {
              platform
                  .bean(CloseLead.class)
                  .run(Samples.TENANT, Samples.lead().id(), end, "reply.silent");
              return "closed";
            });
  }

  @Test
  void aCrashWhileAFaultIsRecordedChangesNothing() {
    Crashes.on(platform)
        .everywhere(
            () -> {
              raiseALead();
              platform.bean(Credits.class).reserve(Samples.TENANT, Samples.lead().id(), 1);
            },
            () -> send(new RecordFaultHandler(), "record-fault--credentials-missing"));
  }

  private void set(Stage stage) {
    platform
        .bean(Leads.class)
        .change(
            Samples.TENANT,
            Samples.lead().id(),
            lead -> lead.at(stage, null, platform.clock().instant()));
  }

  private Lead lead() {
    return platform.bean(Leads.class).get(Samples.TENANT, Samples.lead().id());
  }

  private static String send(RequestStreamHandler handler, String event) {
    return Events.send(handler, "lifecycle/" + event).path("outcome").asText();
  }
}
