package io.leadloom.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.model.Booking;
import io.leadloom.model.BookingId;
import io.leadloom.model.Milestone;
import io.leadloom.model.Stage;
import io.leadloom.model.fault.PermanentException;
import io.leadloom.model.fault.TransientException;
import io.leadloom.platform.Bookings;
import io.leadloom.platform.Leads;
import io.leadloom.testkit.Crashes;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import io.leadloom.testkit.TestClock;
import io.leadloom.testkit.ThirdParties;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SyncCrmHandlerTest {

  private static final String EVENT = "crm/sync-crm--booked";

  @RegisterExtension final Platform platform = new Platform();
  private ThirdParties thirdParties;

  @BeforeEach
  void aBookedLead() {
    thirdParties = platform.withThirdParties();
    platform.raise(Samples.enrichedLead());
    platform.bean(Bookings.class).add(Samples.TENANT, booking(), Samples.auditEntry());
  }

  @Test
  void aBookingIsHandedOverAndTheLeadIsBooked() {
    var answer = Events.send(new SyncCrmHandler(), EVENT);
    assertThat(answer.path("outcome").asText()).isEqualTo("SYNCED");
    assertThat(thirdParties.effects()).containsExactly("booking:" + answer.path("crmId").asText());
    var lead = platform.bean(Leads.class).get(Samples.TENANT, Samples.lead().id());
    assertThat(lead.stage()).isEqualTo(Stage.BOOKED);
    assertThat(lead.reason()).isEqualTo("meeting.booked");
    assertThat(lead.reached()).containsKey(Milestone.BOOKED);
    var booking = platform.bean(Bookings.class).of(Samples.TENANT, Samples.lead().id()).getFirst();
    assertThat(booking.crm()).isEqualTo("servicetitan");
    assertThat(booking.crmId()).isEqualTo(answer.path("crmId").asText());
  }

  @Test
  void aRepeatedStepBooksNothingMore() {
    var first = Events.send(new SyncCrmHandler(), EVENT);
    platform.clock().advance(Duration.ofHours(1));
    assertThat(Events.send(new SyncCrmHandler(), EVENT)).isEqualTo(first);
    assertThat(thirdParties.effects()).hasSize(1);
  }

  @Test
  void anAnswerThatNeverCameIsLookedForBeforeTheNextTry() {
    // The search goes through; the answer to the booking itself is lost on the way.
    fault(1, "drop", true);
    assertThatThrownBy(() -> Events.send(new SyncCrmHandler(), EVENT))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("the next try looks for it first");
    assertThat(thirdParties.effects()).hasSize(1);
    var answer = Events.send(new SyncCrmHandler(), EVENT);
    assertThat(thirdParties.effects()).containsExactly("booking:" + answer.path("crmId").asText());
  }

  @Test
  void aBusyCrmIsTriedAgainLater() {
    fault(1, "status", 503);
    assertThatThrownBy(() -> Events.send(new SyncCrmHandler(), EVENT))
        .isInstanceOf(TransientException.class);
    assertThat(thirdParties.effects()).isEmpty();
    Events.send(new SyncCrmHandler(), EVENT);
    assertThat(thirdParties.effects()).hasSize(1);
  }

  @Test
  void aTokenRefusedBeforeItsTimeIsRenewedOnce() {
    fault(0, "status", 401);
    assertThat(Events.send(new SyncCrmHandler(), EVENT).path("outcome").asText())
        .isEqualTo("SYNCED");
    assertThat(thirdParties.effects()).hasSize(1);
  }

  @Test
  void oneTokenServesForFourteenMinutes() {
    var bookings = platform.bean(ServiceTitanBookings.class);
    bookings.find(Samples.TENANT, "one");
    platform.clock().advance(Duration.ofMinutes(13));
    bookings.find(Samples.TENANT, "two");
    assertThat(tokens()).isEqualTo(1);
    platform.clock().advance(Duration.ofMinutes(1));
    bookings.find(Samples.TENANT, "three");
    assertThat(tokens()).isEqualTo(2);
  }

  @Test
  void aCrashAnywhereChangesNothing() {
    Crashes.on(platform)
        .everywhere(this::aBookedLead, () -> Events.send(new SyncCrmHandler(), EVENT));
  }

  private long tokens() {
    return thirdParties.journal().stream()
        .filter(line -> line.path("path").asText().endsWith("/connect/token"))
        .count();
  }

  @Test
  void whatTheCrmRefusesIsForAnOperator() {
    fault(1, "status", 400);
    assertThatThrownBy(() -> Events.send(new SyncCrmHandler(), EVENT))
        .isInstanceOf(PermanentException.class)
        .hasMessageContaining("400");
    assertThat(platform.bean(Leads.class).get(Samples.TENANT, Samples.lead().id()).stage())
        .isEqualTo(Stage.NEW);
  }

  /** Lets a call to the bookings go wrong, after that many went well. */
  private void fault(int after, String how, Object what) {
    thirdParties.fault(
        Map.of("provider", "servicetitan", "path", "/crm/", "after", after, "times", 1, how, what));
  }

  static Booking booking() {
    var id = BookingId.of("booking-" + Samples.lead().id());
    return new Booking(
        id,
        Samples.lead().id(),
        Instant.parse("2026-03-05T16:00:00Z"),
        Instant.parse("2026-03-05T16:15:00Z"),
        "America/Chicago",
        id.value(),
        null,
        null,
        TestClock.START,
        0);
  }
}
