package io.leadloom.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A tenant's program at the HTTP API: it brings leads, lists them and looks at them. */
final class Caller implements AutoCloseable {

  /** Of so many requests one brings a lead, one lists them, and the others look at one. */
  static final int MIX = 4;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final List<String> SYLLABLES =
      List.of(
          "bel", "cor", "dan", "fen", "gar", "hol", "kel", "lan", "mor", "nor", "pel", "ran", "sed",
          "tal", "ver", "wes", "yar", "ost", "ash", "ul");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI api;
  private final String token;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger companies;
  private final List<String> leads = new CopyOnWriteArrayList<>();

  /**
   * @param first number of the first company it brings
   */
  Caller(URI api, String token, int first) {
    this.api = api;
    this.token = token;
    this.companies = new AtomicInteger(first);
  }

  /**
   * What came of a request.
   *
   * @param status 0 where there was no answer
   * @param lead that it brought; empty for none
   */
  record Answer(Measure what, int status, String lead) {

    boolean succeeded() {
      return status >= 200 && status < 300;
    }
  }

  /** Sends the next request of the mix. */
  Answer next() {
    var request = requests.getAndIncrement();
    if (request % MIX == 0) {
      return create();
    }
    if (request % MIX == 1 || leads.isEmpty()) {
      return answer(Measure.LIST, to("/v1/leads?limit=20").GET());
    }
    var lead = leads.get(request % leads.size());
    return answer(Measure.GET, to("/v1/leads/" + lead).GET());
  }

  private Answer create() {
    var company = companies.getAndIncrement();
    var body =
        StatesClient.object()
            .put("source", "bench")
            .put("number", "FA-" + company)
            .put("type", "Fire Alarm Permit")
            .put("description", "Install fire alarm system, new medical office")
            .put("applicant", name(company))
            .put("city", "Marlow Springs")
            .put("state", "TX")
            .put("status", "Issued")
            .put("issued", yesterday().toString());
    var answer = answer(Measure.CREATE, post("/v1/leads", "lead-" + company, body));
    if (!answer.lead().isEmpty()) {
      leads.add(answer.lead());
    }
    return answer;
  }

  /** Brings many records at once. */
  Answer bring(int rows) {
    var body = StatesClient.object().put("source", "bench");
    var all = body.putArray("rows");
    var day = "%1$tm/%1$td/%1$tY".formatted(yesterday());
    for (var line = 1; line <= rows; line++) {
      var company = companies.getAndIncrement();
      all.addObject()
          .put("line", line)
          .putObject("fields")
          .put("PERMIT #", "FA-" + company)
          .put("PERMIT TYPE", "Fire Alarm Permit")
          .put("WORK DESCRIPTION", "Install fire alarm system, new medical office")
          .put("PRIMARY CONTACT", name(company))
          .put("CITY", "Marlow Springs")
          .put("STATE", "TX")
          .put("STATUS", "Issued")
          .put("DATE ISSUED", day);
    }
    return answer(Measure.CREATE, post("/v1/imports", "import-" + companies.get(), body));
  }

  /** A company that no other number has. */
  private static String name(int number) {
    var name = new StringBuilder();
    for (var rest = number + SYLLABLES.size(); rest > 0; rest /= SYLLABLES.size()) {
      name.append(SYLLABLES.get(rest % SYLLABLES.size()));
    }
    name.setCharAt(0, Character.toUpperCase(name.charAt(0)));
    return name + " Builders LLC";
  }

  private static LocalDate yesterday() {
    return LocalDate.now(ZoneOffset.UTC).minusDays(1);
  }

  private HttpRequest.Builder post(String path, String key, ObjectNode body) {
    return to(path)
        .header("content-type", "application/json")
        .header("idempotency-key", key)
        .POST(BodyPublishers.ofString(body.toString()));
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(api.resolve(path))
        .timeout(TIMEOUT)
        .header("authorization", "Bearer " + token);
  }

  private Answer answer(Measure what, HttpRequest.Builder request) {
    try {
      var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      var created = what == Measure.CREATE && answer.statusCode() == 201;
      JsonNode body = created ? JSON.readTree(answer.body()) : StatesClient.object();
      return new Answer(what, answer.statusCode(), body.path("leadId").asText(""));
    } catch (IOException e) {
      return new Answer(what, 0, "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(what, 0, "");
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
