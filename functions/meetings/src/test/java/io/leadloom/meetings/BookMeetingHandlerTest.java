package io.leadloom.meetings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.model.Company;
import io.leadloom.model.Lead;
import io.leadloom.model.LeadId;
import io.leadloom.model.Reply;
import io.leadloom.model.ReplyId;
import io.leadloom.model.fault.PermanentException;
import io.leadloom.platform.Bookings;
import io.leadloom.platform.Replies;
import io.leadloom.simulators.SimulatedCredentials;
import io.leadloom.testkit.Crashes;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import io.leadloom.testkit.TestClock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookMeetingHandlerTest {

  private static final String EVENT = "meetings/book-meeting--meeting-request";

  @RegisterExtension final Platform platform = new Platform();

  @BeforeEach
  void serviceTitan() {
    platform.withThirdParties();
    platform.raise(Samples.enrichedLead());
  }

  @Test
  void theTimeTheyAskForIsBooked() {
    reply(Samples.lead().id(), "Sure. Would Thursday after 10 work for you?");
    var answer = Events.send(new BookMeetingHandler(), EVENT);
    assertThat(answer.path("outcome").asText()).isEqualTo("BOOKED");
    assertThat(answer.path("bookingId").asText()).isEqualTo("booking-" + Samples.lead().id());
    var start = Instant.parse(answer.path("start").asText()).atZone(ZoneId.of("America/Chicago"));
    assertThat(start.getDayOfWeek()).isEqualTo(DayOfWeek.THURSDAY);
    assertThat(start.getHour()).isGreaterThanOrEqualTo(10);
    var booking = platform.bean(Bookings.class).of(Samples.TENANT, Samples.lead().id());
    assertThat(booking).hasSize(1);
    assertThat(booking.getFirst().start()).isEqualTo(start.toInstant());
    assertThat(Duration.between(booking.getFirst().start(), booking.getFirst().end()))
        .isEqualTo(Duration.ofMinutes(15));
    assertThat(booking.getFirst().zone()).isEqualTo("America/Chicago");
    assertThat(booking.getFirst().crmId()).isNull();
  }

  @Test
  void aRepeatedStepGivesTheSameMeeting() {
    reply(Samples.lead().id(), "Yes please.");
    var first = Events.send(new BookMeetingHandler(), EVENT);
    platform.clock().advance(Duration.ofHours(2));
    assertThat(Events.send(new BookMeetingHandler(), EVENT)).isEqualTo(first);
  }

  @Test
  void twoLeadsNeverGetTheSameTime() {
    var starts = new HashSet<String>();
    for (var i = 0; i < 8; i++) {
      var lead = lead("other firm " + i);
      platform.raise(lead);
      reply(lead.id(), "Thursday would suit us.");
      var request = (ObjectNode) Events.read(EVENT);
      request.put("leadId", lead.id().value());
      starts.add(Events.send(new BookMeetingHandler(), request).path("start").asText());
    }
    assertThat(starts).hasSize(8);
  }

  @Test
  void withoutFreeTimeThereIsNoSlot() {
    platform.clock().advance(Duration.ofDays(-30));
    reply(Samples.lead().id(), "Yes please.");
    var answer = Events.send(new BookMeetingHandler(), EVENT);
    assertThat(answer.path("outcome").asText()).isEqualTo("NO_SLOT");
    assertThat(platform.bean(Bookings.class).of(Samples.TENANT, Samples.lead().id())).isEmpty();
  }

  @Test
  void aTenantWithWrongCredentialsIsTold() {
    reply(Samples.lead().id(), "Yes please.");
    platform.credentials(
        Samples.TENANT, SimulatedCredentials.of("somebody-else").toJson().replace("cs1_", "cs2_"));
    assertThatThrownBy(() -> Events.send(new BookMeetingHandler(), EVENT))
        .isInstanceOf(PermanentException.class)
        .hasMessageContaining("check servicetitan in the secret");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -30})
  void aCrashAnywhereChangesNothing(int days) {
    Crashes.on(platform)
        // That nothing is free is noted at each attempt.
        .forgiving(days < 0 ? "audit" : "nothing")
        .everywhere(
            () -> {
              serviceTitan();
              platform.clock().advance(Duration.ofDays(days));
              reply(Samples.lead().id(), "Sure. Would Thursday after 10 work for you?");
            },
            () -> Events.send(new BookMeetingHandler(), EVENT));
  }

  private static Lead lead(String key) {
    var company = Samples.enrichedCompany();
    return Lead.raised(
            Samples.TENANT,
            Samples.CAMPAIGN,
            "fire-safety",
            new Company(
                company.name(),
                key,
                null,
                null,
                null,
                null,
                null,
                "TX",
                null,
                "US",
                null,
                null,
                null),
            "America/Chicago",
            TestClock.START)
        .enriched(company, Samples.contact(), "America/Chicago", TestClock.START);
  }

  private void reply(LeadId lead, String text) {
    platform
        .bean(Replies.class)
        .add(
            Samples.TENANT,
            new Reply(
                ReplyId.of("reply-1"),
                lead,
                null,
                Reply.Kind.MESSAGE,
                Samples.contact().email(),
                null,
                text,
                null,
                Map.of(),
                TestClock.START,
                Reply.Intent.MEETING_REQUEST,
                "rule",
                null,
                null,
                0));
  }
}
