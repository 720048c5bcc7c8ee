package io.leadloom.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * ServiceTitan: tokens, capacity and bookings. It has no idempotency: the same {@code externalId}
 * twice makes two bookings, so whoever is unsure has to look first.
 *
 * <p>Tokens are made so that they can be checked without being remembered; they outlive a restart.
 */
final class ServiceTitanSimulator implements Provider {

  private static final Duration TOKEN_LIFETIME = Duration.ofSeconds(900);
  private static final ZoneId ZONE = ZoneId.of("America/Chicago");
  private static final Duration HORIZON = Duration.ofDays(10);
  private static final List<LocalTime> WINDOWS =
      List.of(LocalTime.of(8, 0), LocalTime.of(10, 0), LocalTime.of(13, 0), LocalTime.of(15, 0));
  private static final Duration WINDOW = Duration.ofHours(2);
  private static final double TECHNICIAN_HOURS = 4;
  private static final int DEFAULT_PAGE = 50;
  private static final int MOST_PER_PAGE = 5000;
  private static final Pattern API = Pattern.compile("/(crm|dispatch)/v2/tenant/([0-9]+)/(.+)");
  private static final Pattern BOOKINGS =
      Pattern.compile("booking-provider/([0-9]+)/bookings(?:/([0-9]+))?");

  private static final Set<String> CONTACT_TYPES = Set.of("Phone", "Email", "Fax", "MobilePhone");
  private static final Set<String> CUSTOMER_TYPES = Set.of("Residential", "Commercial");
  private static final Set<String> PRIORITIES = Set.of("Low", "Normal", "High", "Urgent");

  private final long seed;
  private final World world;

  ServiceTitanSimulator(long seed, World world) {
    this.seed = seed;
    this.world = world;
  }

  @Override
  public Answer handle(Call call) {
    if (call.path().equals("/connect/token")) {
      return token(call);
    }
    var tenant = tenant(call);
    var api = API.matcher(call.path());
    if (!api.matches()) {
      throw problem(404, "Not Found", "no such resource: " + call.path());
    }
    var account = SimulatedCredentials.of(tenant).servicetitan();
    if (!api.group(2).equals(account.tenant())) {
      throw problem(403, "Forbidden", "the app is not connected to tenant " + api.group(2));
    }
    var resource = api.group(1) + " " + api.group(3);
    if (resource.equals("dispatch capacity") && call.method().equals("POST")) {
      return capacity(call, tenant);
    }
    if (resource.equals("crm bookings") && call.method().equals("GET")) {
      return list(call, tenant);
    }
    var bookings = BOOKINGS.matcher(api.group(3));
    if (api.group(1).equals("crm") && bookings.matches()) {
      if (!bookings.group(1).equals(account.bookingProvider())) {
        throw problem(404, "Not Found", "no booking provider " + bookings.group(1));
      }
      var id = bookings.group(2);
      if (id != null && call.method().equals("GET")) {
        return show(tenant, id);
      }
      if (id == null && call.method().equals("GET")) {
        return list(call, tenant);
      }
      if (id == null && call.method().equals("POST")) {
        return book(call, tenant, account.bookingProvider());
      }
    }
    throw problem(404, "Not Found", "no such resource: " + call.method() + " " + call.path());
  }

  @Override
  public Answer tooManyRequests() {
    return problemAnswer(
            429, "Too Many Requests", "Rate limit is exceeded. Try again in 1 second.", Map.of())
        .with("Retry-After", "1");
  }

  private Answer token(Call call) {
    var form = FrontDoor.form(call.text());
    if (!call.method().equals("POST") || !"client_credentials".equals(form.get("grant_type"))) {
      return Answer.json(400, Json.object().put("error", "unsupported_grant_type"));
    }
    var tenant = SimulatedCredentials.tenantOf("cid", form.getOrDefault("client_id", ""));
    if (tenant.isEmpty()
        || !SimulatedCredentials.of(tenant.get())
            .servicetitan()
            .clientSecret()
            .equals(form.get("client_secret"))) {
      return Answer.json(401, Json.object().put("error", "invalid_client"));
    }
    var expires = call.at().plus(TOKEN_LIFETIME).getEpochSecond();
    return Answer.json(
        200,
        Json.object()
            .put("access_token", accessToken(tenant.get(), expires))
            .put("expires_in", TOKEN_LIFETIME.toSeconds())
            .put("token_type", "Bearer")
            .put("scope", "tn.crm.bookings:r tn.crm.bookings:w tn.dis.capacity:r"));
  }

  private String accessToken(String tenant, long expires) {
    var proof = Dice.of(seed, "access token", tenant, Long.toString(expires)).hex(32);
    return tenant + "~" + expires + "~" + proof;
  }

  /** Whose token this is, if it is still good and came with the app key of the same tenant. */
  private String tenant(Call call) {
    var parts = call.bearer().orElse("").split("~");
    if (parts.length != 3
        || !parts[1].matches("[0-9]{1,12}")
        || !accessToken(parts[0], Long.parseLong(parts[1])).equals(String.join("~", parts))
        || call.at().getEpochSecond() >= Long.parseLong(parts[1])) {
      throw problem(401, "Unauthorized", "the access token is missing, wrong or expired");
    }
    var appKey = SimulatedCredentials.of(parts[0]).servicetitan().appKey();
    if (!appKey.equals(call.header("ST-App-Key").orElse(""))) {
      throw problem(401, "Unauthorized", "the ST-App-Key header is missing or wrong");
    }
    return parts[0];
  }

  private Answer capacity(Call call, String tenant) {
    var body = call.json().orElseThrow(() -> invalid("body", "must be a JSON object"));
    var from = later(instant(body, "startsOnOrAfter"), call.at());
    var until = earlier(instant(body, "endsOnOrBefore"), call.at().plus(HORIZON));
    var answer = Json.object().put("timeStamp", call.at().toString());
    var availabilities = answer.putArray("availabilities");
    for (var day = from.atZone(ZONE).toLocalDate();
        !day.isAfter(until.atZone(ZONE).toLocalDate());
        day = day.plusDays(1)) {
      if (day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY) {
        continue;
      }
      for (var begin : WINDOWS) {
        var start = day.atTime(begin).atZone(ZONE);
        var end = start.plus(WINDOW);
        if (!start.toInstant().isBefore(from) && !end.toInstant().isAfter(until)) {
          availabilities.add(availability(tenant, start, end, body.path("businessUnitIds")));
        }
      }
    }
    return Answer.json(200, answer);
  }

  private ObjectNode availability(
      String tenant, ZonedDateTime start, ZonedDateTime end, JsonNode businessUnits) {
    var open = Dice.of(seed, "capacity", tenant, start.toInstant().toString()).between(0, 8) / 2.0;
    var json =
        Json.object()
            .put("start", DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(start))
            .put("end", DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(end))
            .put("startUtc", start.toInstant().toString())
            .put("endUtc", end.toInstant().toString())
            .put("totalAvailability", TECHNICIAN_HOURS)
            .put("openAvailability", open)
            .put("isAvailable", open > 0)
            .put("isExceedingIdealBookingPercentage", open < 1);
    json.set(
        "businessUnitIds", businessUnits.isArray() ? businessUnits : Json.MAPPER.createArrayNode());
    json.putArray("technicians")
        .addObject()
        .put("id", 501)
        .put("name", "Technician One")
        .put("status", open > 0 ? "Available" : "Unavailable");
    return json;
  }

  private Answer book(Call call, String tenant, String bookingProvider) {
    var body = call.json().orElseThrow(() -> invalid("body", "must be a JSON object"));
    check(body);
    var externalId = body.path("externalId").asText();
    return world.atomically(() -> {
      var nth =
          world.bookings(tenant).stream()
              .filter(made -> made.path("externalId").asText().equals(externalId))
              .count();
      // Within what a double can hold exactly, for JSON readers that know nothing else.
      var id =
          Dice.of(seed, "booking", tenant, externalId, Long.toString(nth))
              .between(100_000_000_000L, 999_999_999_999_999L);
      var booking = booking(body, id, bookingProvider, call.at());
      var note = new Note(null, null, externalId, "booking:" + id);
      world.record(new Happening.BookingMade(tenant, booking, call.line(note)));
      return Answer.json(200, booking).noting(note);
    });
  }

  private static void check(JsonNode body) {
    for (var required : List.of("source", "name", "summary", "externalId")) {
      if (!body.path(required).isTextual() || body.path(required).asText().isBlank()) {
        throw invalid(required, "The " + required + " field is required.");
      }
    }
    if (!body.path("isFirstTimeClient").isBoolean()) {
      throw invalid("isFirstTimeClient", "The isFirstTimeClient field is required.");
    }
    for (var contact : body.path("contacts")) {
      checkOneOf("contacts.type", contact.path("type").asText(), CONTACT_TYPES);
      if (contact.path("value").asText().isBlank()) {
        throw invalid("contacts.value", "The value field is required.");
      }
    }
    if (body.hasNonNull("customerType")) {
      checkOneOf("customerType", body.path("customerType").asText(), CUSTOMER_TYPES);
    }
    if (body.hasNonNull("priority")) {
      checkOneOf("priority", body.path("priority").asText(), PRIORITIES);
    }
    instant(body, "start");
  }

  private static void checkOneOf(String field, String value, Set<String> allowed) {
    if (!allowed.contains(value)) {
      throw invalid(field, "The value '" + value + "' is not valid.");
    }
  }

  private static ObjectNode booking(JsonNode body, long id, String bookingProvider, Instant now) {
    var booking = Json.object().put("id", id);
    for (var copied :
        List.of(
            "source",
            "name",
            "address",
            "customerType",
            "start",
            "summary",
            "campaignId",
            "businessUnitId",
            "isFirstTimeClient",
            "uploadedImages",
            "isSendConfirmationEmail",
            "externalId",
            "jobTypeId")) {
      booking.set(copied, body.path(copied).isMissingNode() ? null : body.path(copied));
    }
    return booking
        .put("priority", Json.textOf(body, "priority", "Normal"))
        .put("createdOn", now.toString())
        .put("modifiedOn", now.toString())
        .put("status", "New")
        .putNull("dismissingReasonId")
        .putNull("jobId")
        .put("bookingProviderId", Long.parseLong(bookingProvider));
  }

  private Answer list(Call call, String tenant) {
    var query = call.query();
    var externalId = query.get("externalId");
    var page = number(query, "page", 1);
    var pageSize = Math.min(number(query, "pageSize", DEFAULT_PAGE), MOST_PER_PAGE);
    var since = query.get("createdOnOrAfter");
    var matching = new ArrayList<JsonNode>();
    for (var booking : world.bookings(tenant)) {
      if ((externalId == null || booking.path("externalId").asText().equals(externalId))
          && (since == null || !created(booking).isBefore(parsed("createdOnOrAfter", since)))) {
        matching.add(booking);
      }
    }
    matching.sort(
        Comparator.comparing(ServiceTitanSimulator::created)
            .thenComparing(booking -> booking.path("id").asLong()));
    var skipped = (long) (page - 1) * pageSize;
    var answer =
        Json.object()
            .put("page", page)
            .put("pageSize", pageSize)
            .put("hasMore", skipped + pageSize < matching.size());
    if ("true".equalsIgnoreCase(query.get("includeTotal"))) {
      answer.put("totalCount", matching.size());
    }
    answer.putArray("data").addAll(matching.stream().skip(skipped).limit(pageSize).toList());
    return Answer.json(200, answer).noting(new Note(null, null, externalId, null));
  }

  private Answer show(String tenant, String id) {
    return world.bookings(tenant).stream()
        .filter(booking -> booking.path("id").asText().equals(id))
        .findFirst()
        .map(booking -> Answer.json(200, booking))
        .orElseThrow(() -> problem(404, "Not Found", "no booking " + id));
  }

  private static Instant created(JsonNode booking) {
    return Instant.parse(booking.path("createdOn").asText());
  }

  private static int number(Map<String, String> query, String name, int fallback) {
    var value = query.get(name);
    if (value == null) {
      return fallback;
    }
    if (!value.matches("[1-9][0-9]{0,5}")) {
      throw invalid(name, "The value '" + value + "' is not valid.");
    }
    return Integer.parseInt(value);
  }

  private static @Nullable Instant instant(JsonNode body, String field) {
    return body.hasNonNull(field) ? parsed(field, body.path(field).asText()) : null;
  }

  private static Instant parsed(String field, String value) {
    try {
      return Instant.parse(value);
    } catch (DateTimeParseException e) {
      throw invalid(field, "Could not convert string to DateTime: " + value + ".");
    }
  }

  private static Instant later(@Nullable Instant one, Instant other) {
    return one == null || one.isBefore(other) ? other : one;
  }

  private static Instant earlier(@Nullable Instant one, Instant other) {
    return one == null || one.isAfter(other) ? other : one;
  }

  private static Refusal invalid(String field, String why) {
    return new Refusal(
        problemAnswer(
            400, "One or more validation errors occurred.", why, Map.of(field, List.of(why))));
  }

  private static Refusal problem(int status, String title, String detail) {
    return new Refusal(problemAnswer(status, title, detail, Map.of()));
  }

  private static Answer problemAnswer(
      int status, String title, String detail, Map<String, List<String>> errors) {
    var problem =
        Json.object()
            .put("type", "https://httpstatuses.io/" + status)
            .put("title", title)
            .put("status", status)
            .put("detail", detail)
            .put("traceId", Dice.of(0, "trace", title, detail).hex(32));
    problem.putPOJO("errors", errors);
    problem.putObject("data").put("ErrorCode", Integer.toString(status));
    return Answer.json(status, problem).with("Content-Type", "application/problem+json");
  }
}
