package io.leadloom.simulators;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceTitanSimulatorTest {

  private static final SimulatedCredentials.ServiceTitan ACCOUNT =
      SimulatedCredentials.of(Bench.TENANT).servicetitan();

  private static final String BOOKINGS =
      "/servicetitan/crm/v2/tenant/%s/booking-provider/%s/bookings"
          .formatted(ACCOUNT.tenant(), ACCOUNT.bookingProvider());

  private static final String CAPACITY =
      "/servicetitan/dispatch/v2/tenant/" + ACCOUNT.tenant() + "/capacity";

  @TempDir Path data;
  private Bench bench;

  @BeforeEach
  void start() throws Exception {
    bench = new Bench(data);
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  void aTokenIsGoodForFifteenMinutes() throws Exception {
    var answer = bench.json(login(ACCOUNT.clientSecret()));
    assertThat(answer.path("expires_in").asInt()).isEqualTo(900);
    assertThat(answer.path("token_type").asText()).isEqualTo("Bearer");
    var token = answer.path("access_token").asText();
    assertThat(bench.exchange(authorised(BOOKINGS, token)).statusCode()).isEqualTo(200);
    var passed = new CountDownLatch(1);
    bench.clock.schedule(Bench.START.plus(Duration.ofSeconds(900)), passed::countDown);
    assertThat(passed.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(bench.exchange(authorised(BOOKINGS, token)).statusCode()).isEqualTo(401);
  }

  @Test
  void wrongCredentialsAreRefused() {
    var refused = login("wrong");
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(bench.json(refused).path("error").asText()).isEqualTo("invalid_client");
    var token = token();
    var noAppKey =
        bench.exchange(bench.request(BOOKINGS).header("Authorization", "Bearer " + token));
    assertThat(noAppKey.statusCode()).isEqualTo(401);
    var foreign = bench.exchange(authorised("/servicetitan/crm/v2/tenant/1/bookings", token));
    assertThat(foreign.statusCode()).isEqualTo(403);
    assertThat(bench.json(foreign).path("title").asText()).isEqualTo("Forbidden");
  }

  @Test
  void aBookingAskedForTwiceIsMadeTwiceUnlessOneLooksFirst() {
    var first = bench.json(book(booking()));
    var second = bench.json(book(booking()));
    assertThat(first.path("id")).isNotEqualTo(second.path("id"));
    assertThat(first.path("status").asText()).isEqualTo("New");
    var found =
        bench.json(
            bench.exchange(authorised(BOOKINGS + "?externalId=lead_1&includeTotal=true", token())));
    assertThat(found.path("totalCount").asInt()).isEqualTo(2);
    assertThat(found.path("data").path(0).path("externalId").asText()).isEqualTo("lead_1");
    var shown =
        bench.json(bench.exchange(authorised(BOOKINGS + "/" + first.path("id").asText(), token())));
    assertThat(shown).isEqualTo(first);
    var journal = bench.json(bench.get("/_journal"));
    assertThat(journal)
        .filteredOn(line -> line.has("effect"))
        .extracting(line -> line.path("effect").asText() + " " + line.path("lead").asText())
        .containsExactly(
            "booking:" + first.path("id").asText() + " lead_1",
            "booking:" + second.path("id").asText() + " lead_1");
  }

  @Test
  void aBookingWithoutWhatIsRequiredIsRefused() {
    for (var field : booking().properties().stream().map(Map.Entry::getKey).toList()) {
      var incomplete = booking();
      incomplete.remove(field);
      var refused = book(incomplete);
      assertThat(refused.statusCode()).as(field).isEqualTo(400);
      assertThat(bench.json(refused).path("errors").has(field)).isTrue();
    }
  }

  @Test
  void bookingsOutliveTheProcess() throws Exception {
    var id = bench.json(book(booking())).path("id").asText();
    bench.close();
    bench = new Bench(data);
    var found = bench.json(bench.exchange(authorised(BOOKINGS + "?externalId=lead_1", token())));
    assertThat(found.path("data").path(0).path("id").asText()).isEqualTo(id);
  }

  @Test
  void thereIsCapacityInWorkingHoursOfTheNextDays() {
    var body =
        Json.object()
            .put("startsOnOrAfter", Bench.START.toString())
            .put("endsOnOrBefore", Bench.START.plus(Duration.ofDays(30)).toString());
    var answer = bench.json(capacity(body));
    var availabilities = answer.path("availabilities");
    assertThat(availabilities).hasSizeBetween(20, 40);
    for (var window : availabilities) {
      var start = LocalDateTime.parse(window.path("start").asText());
      assertThat(start.getDayOfWeek()).isNotIn(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
      assertThat(start.getHour()).isBetween(8, 15);
      assertThat(Instant.parse(window.path("startUtc").asText()))
          .isBetween(Bench.START, Bench.START.plus(Duration.ofDays(10)));
    }
    assertThat(availabilities).anyMatch(window -> window.path("openAvailability").asDouble() > 1);
    assertThat(bench.json(capacity(body))).isEqualTo(answer);
  }

  private static ObjectNode booking() {
    return Json.object()
        .put("source", "leadloom")
        .put("name", "Kim Fernhollow")
        .put("summary", "Fire alarm inspection")
        .put("isFirstTimeClient", true)
        .put("externalId", "lead_1");
  }

  private HttpResponse<String> book(ObjectNode booking) {
    return bench.exchange(
        authorised(BOOKINGS, token()).POST(BodyPublishers.ofByteArray(Json.bytes(booking))));
  }

  private HttpResponse<String> capacity(ObjectNode body) {
    return bench.exchange(
        authorised(CAPACITY, token()).POST(BodyPublishers.ofByteArray(Json.bytes(body))));
  }

  private String token() {
    return bench.json(login(ACCOUNT.clientSecret())).path("access_token").asText();
  }

  private HttpResponse<String> login(String secret) {
    return bench.exchange(
        bench
            .request("/servicetitan-auth/connect/token")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    "grant_type=client_credentials&client_id=%s&client_secret=%s"
                        .formatted(ACCOUNT.clientId(), secret))));
  }

  private HttpRequest.Builder authorised(String path, String token) {
    return bench
        .request(path)
        .header("Authorization", "Bearer " + token)
        .header("ST-App-Key", ACCOUNT.appKey());
  }
}
