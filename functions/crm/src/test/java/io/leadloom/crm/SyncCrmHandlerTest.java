package io.leadloom.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.clock.StackClock;
import io.leadloom.model.Booking;
import io.leadloom.model.BookingId;
import io.leadloom.model.Milestone;
import io.leadloom.model.Stage;
import io.leadloom.model.fault.PermanentException;
import io.leadloom.model.fault.TransientException;
import io.leadloom.platform.Bookings;
import io.leadloom.platform.Json;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Permits;
import io.leadloom.simulators.SimulatedCredentials;
import io.leadloom.simulators.SimulatorOptions;
import io.leadloom.simulators.Simulators;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import io.leadloom.testkit.TestClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SyncCrmHandlerTest {

  private static final String EVENT = "crm/sync-crm--booked";

  @RegisterExtension final Platform platform = new Platform();
  @TempDir Path folder;
  private Simulators simulators;

  @BeforeEach
  void aBookedLead() {
    simulators =
        Simulators.start(
            new SimulatorOptions(
                folder,
                0,
                StackClock.startingAt(TestClock.START, 0.001),
                7,
                URI.create("http://127.0.0.1:9")));
    platform.providersAt(simulators.baseUrl());
    platform.credentials(Samples.TENANT, SimulatedCredentials.of(Samples.TENANT.value()).toJson());
    platform
        .bean(Permits.class)
        .raise(Samples.TENANT, Samples.row(), Samples.enrichedLead(), Samples.signal());
    platform.bean(Bookings.class).add(Samples.TENANT, booking());
  }

  @AfterEach
  void stop() {
    simulators.close();
  }

  @Test
  void aBookingIsHandedOverAndTheLeadIsBooked() throws Exception {
    var answer = Events.send(new SyncCrmHandler(), EVENT);
    assertThat(answer.path("outcome").asText()).isEqualTo("SYNCED");
    assertThat(effects()).containsExactly("booking:" + answer.path("crmId").asText());
    var lead = platform.bean(Leads.class).get(Samples.TENANT, Samples.lead().id());
    assertThat(lead.stage()).isEqualTo(Stage.BOOKED);
    assertThat(lead.reason()).isEqualTo("meeting.booked");
    assertThat(lead.reached()).containsKey(Milestone.BOOKED);
    var booking = platform.bean(Bookings.class).of(Samples.TENANT, Samples.lead().id()).getFirst();
    assertThat(booking.crm()).isEqualTo("servicetitan");
    assertThat(booking.crmId()).isEqualTo(answer.path("crmId").asText());
  }

  @Test
  void aRepeatedStepBooksNothingMore() throws Exception {
    var first = Events.send(new SyncCrmHandler(), EVENT);
    platform.clock().advance(Duration.ofHours(1));
    assertThat(Events.send(new SyncCrmHandler(), EVENT)).isEqualTo(first);
    assertThat(effects()).hasSize(1);
  }

  @Test
  void anAnswerThatNeverCameIsLookedForBeforeTheNextTry() throws Exception {
    // The search goes through; the answer to the booking itself is lost on the way.
    fault(
        "{\"provider\":\"servicetitan\",\"path\":\"/crm/\",\"after\":1,\"times\":1,\"drop\":true}");
    assertThatThrownBy(() -> Events.send(new SyncCrmHandler(), EVENT))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("the next try looks for it first");
    assertThat(effects()).hasSize(1);
    var answer = Events.send(new SyncCrmHandler(), EVENT);
    assertThat(effects()).containsExactly("booking:" + answer.path("crmId").asText());
  }

  @Test
  void aBusyCrmIsTriedAgainLater() throws Exception {
    fault(
        "{\"provider\":\"servicetitan\",\"path\":\"/crm/\",\"after\":1,\"times\":1,\"status\":503}");
    assertThatThrownBy(() -> Events.send(new SyncCrmHandler(), EVENT))
        .isInstanceOf(TransientException.class);
    assertThat(effects()).isEmpty();
    Events.send(new SyncCrmHandler(), EVENT);
    assertThat(effects()).hasSize(1);
  }

  @Test
  void aTokenRefusedBeforeItsTimeIsRenewedOnce() throws Exception {
    fault(
        "{\"provider\":\"servicetitan\",\"path\":\"/crm/\",\"after\":0,\"times\":1,\"status\":401}");
    assertThat(Events.send(new SyncCrmHandler(), EVENT).path("outcome").asText())
        .isEqualTo("SYNCED");
    assertThat(effects()).hasSize(1);
  }

  @Test
  void oneTokenServesForFourteenMinutes() throws Exception {
    var bookings = platform.bean(ServiceTitanBookings.class);
    bookings.find(Samples.TENANT, "one");
    platform.clock().advance(Duration.ofMinutes(13));
    bookings.find(Samples.TENANT, "two");
    assertThat(tokens()).isEqualTo(1);
    platform.clock().advance(Duration.ofMinutes(1));
    bookings.find(Samples.TENANT, "three");
    assertThat(tokens()).isEqualTo(2);
  }

  private long tokens() throws Exception {
    var lines = exchange(request("/_journal").GET());
    return StreamSupport.stream(lines.spliterator(), false)
        .filter(line -> line.path("path").asText().endsWith("/connect/token"))
        .count();
  }

  @Test
  void whatTheCrmRefusesIsForAnOperator() throws Exception {
    fault(
        "{\"provider\":\"servicetitan\",\"path\":\"/crm/\",\"after\":1,\"times\":1,\"status\":400}");
    assertThatThrownBy(() -> Events.send(new SyncCrmHandler(), EVENT))
        .isInstanceOf(PermanentException.class)
        .hasMessageContaining("400");
    assertThat(platform.bean(Leads.class).get(Samples.TENANT, Samples.lead().id()).stage())
        .isEqualTo(Stage.NEW);
  }

  private static Booking booking() {
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

  private List<String> effects() throws Exception {
    var lines = exchange(request("/_journal").GET());
    return StreamSupport.stream(lines.spliterator(), false)
        .filter(line -> line.has("effect"))
        .map(line -> line.path("effect").asText())
        .toList();
  }

  private void fault(String script) throws Exception {
    exchange(request("/_faults").POST(HttpRequest.BodyPublishers.ofString(script)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(simulators.baseUrl() + path));
  }

  private static JsonNode exchange(HttpRequest.Builder request) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return Json.tree(
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()).body());
    }
  }
}
