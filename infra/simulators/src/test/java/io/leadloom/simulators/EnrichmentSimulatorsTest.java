package io.leadloom.simulators;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.simulators.Directory.Coverage;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrichmentSimulatorsTest {

  private static final Directory DIRECTORY = new Directory(Bench.SEED);

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
  void aCompanyAndItsDecisionMakerAreFoundByName() {
    var name = nameWith(company -> DIRECTORY.apollo(company) == Coverage.VERIFIED_ADDRESS);
    var found =
        bench.json(
            apollo("/mixed_companies/search", Json.object().put("q_organization_name", name)));
    var organization = found.path("organizations").path(0);
    assertThat(organization.path("name").asText()).isEqualTo(name);
    var domain = organization.path("primary_domain").asText();
    assertThat(domain).endsWith(".example");

    var enriched = bench.json(apolloGet("/organizations/enrich?domain=" + domain));
    assertThat(enriched.path("organization").path("estimated_num_employees").asInt()).isPositive();

    var search = Json.object();
    search.putArray("q_organization_domains_list").add(domain);
    var people = bench.json(apollo("/mixed_people/api_search", search)).path("people");
    assertThat(people.path(0).path("last_name_obfuscated").asText()).contains("***");
    assertThat(people.path(0).has("email")).isFalse();

    var id = people.path(0).path("id").asText();
    var person = bench.json(apollo("/people/match", Json.object().put("id", id))).path("person");
    assertThat(person.path("email").asText()).endsWith("@" + domain);
    assertThat(person.path("email_status").asText()).isEqualTo("verified");
    assertThat(person.path("employment_history").path(0).path("start_date").asText())
        .matches("20[0-9]{2}-[0-9]{2}-[0-9]{2}");
    var byName =
        Json.object()
            .put("first_name", person.path("first_name").asText())
            .put("last_name", person.path("last_name").asText())
            .put("domain", domain);
    assertThat(bench.json(apollo("/people/match", byName)).path("person")).isEqualTo(person);
    assertThat(
            bench
                .json(bench.get("/_credits?provider=apollo&tenant=" + Bench.TENANT))
                .path("credits")
                .asInt())
        .isEqualTo(4);
  }

  @Test
  void whatApolloDoesNotKnowIsNotAnError() {
    var name = nameWith(company -> DIRECTORY.apollo(company) == Coverage.UNKNOWN);
    var search = apollo("/mixed_companies/search", Json.object().put("q_organization_name", name));
    assertThat(search.statusCode()).isEqualTo(200);
    assertThat(bench.json(search).path("organizations")).isEmpty();
    var domain = DIRECTORY.named(name).orElseThrow().domain();
    var enriched = bench.json(apolloGet("/organizations/enrich?domain=" + domain));
    assertThat(enriched.get("organization").isNull()).isTrue();
    var match = Json.object().put("name", "Nobody Anywhere").put("domain", domain);
    var person = apollo("/people/match", match);
    assertThat(person.statusCode()).isEqualTo(200);
    assertThat(bench.json(person).get("person").isNull()).isTrue();
  }

  @Test
  void aboutSevenOfTenCompaniesHaveSomeoneToWriteTo() {
    var usable =
        IntStream.range(0, 1000)
            .filter(i ->
                DIRECTORY.apollo(DIRECTORY.named("Firm " + i).orElseThrow())
                    == Coverage.VERIFIED_ADDRESS)
            .count();
    assertThat(usable).isBetween(650L, 750L);
  }

  @Test
  void legalFormsAndSpellingDoNotMakeAnotherCompany() {
    assertThat(DIRECTORY.named("Smith & Sons, LLC.")).isEqualTo(DIRECTORY.named("SMITH SONS"));
    assertThat(DIRECTORY.named("***")).isEmpty();
    assertThat(DIRECTORY.withDomain("acme.com")).isEmpty();
  }

  @Test
  void hunterFindsWhatItKnows() {
    var name = nameWith(DIRECTORY::hunter);
    var company = DIRECTORY.named(name).orElseThrow();
    var search =
        bench.json(hunter("/domain-search?type=personal&company=" + encoded(name), Bench.TENANT));
    assertThat(search.path("data").path("domain").asText()).isEqualTo(company.domain());
    var email = search.path("data").path("emails").path(0);
    assertThat(email.path("confidence").asInt()).isBetween(30, 98);
    assertThat(search.path("meta").path("results").asInt()).isPositive();

    var finder =
        bench.json(
            hunter(
                "/email-finder?domain=%s&first_name=%s&last_name=%s"
                    .formatted(
                        company.domain(),
                        email.path("first_name").asText(),
                        email.path("last_name").asText()),
                Bench.TENANT));
    assertThat(finder.path("data").path("email")).isEqualTo(email.path("value"));
    assertThat(finder.path("data").path("score")).isEqualTo(email.path("confidence"));

    var nobody =
        bench.json(
            hunter("/email-finder?full_name=No+One&domain=" + company.domain(), Bench.TENANT));
    assertThat(nobody.path("data").get("email").isNull()).isTrue();
  }

  @Test
  void hunterTellsWhoDoesNotWantToBeFound() {
    var claimed =
        IntStream.range(0, 10_000)
            .mapToObj(i -> "a" + i + "@x.example")
            .filter(email -> Dice.of(Bench.SEED, "claimed", email).inPercent(1))
            .findFirst()
            .orElseThrow();
    var answer = hunter("/email-verifier?email=" + claimed, Bench.TENANT);
    assertThat(answer.statusCode()).isEqualTo(451);
    var error = bench.json(answer).path("errors").path(0);
    assertThat(error.path("id").asText()).isEqualTo("claimed_email");
    assertThat(error.path("code").asInt()).isEqualTo(451);
  }

  @Test
  void wrongKeysAndMissingParametersGetTheVendorsErrors() {
    var wrong =
        bench.exchange(
            bench
                .request("/apollo/api/v1/people/match")
                .header("x-api-key", "apollo_acme-fire_wrong")
                .POST(BodyPublishers.ofString("{}")));
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(bench.json(wrong).path("error").asText()).isEqualTo("Invalid access credentials.");
    assertThat(apollo("/people/match", Json.object()).statusCode()).isEqualTo(422);
    var unknown = bench.get("/hunter/v2/domain-search?domain=x.example&api_key=nonsense");
    assertThat(unknown.statusCode()).isEqualTo(401);
    assertThat(unknown.body()).contains("authentication_failed");
    assertThat(hunter("/domain-search", Bench.TENANT).statusCode()).isEqualTo(400);
  }

  private static String nameWith(Predicate<Directory.Company> wanted) {
    return Stream.iterate(0, i -> i + 1)
        .map(i -> "Blue Heron Builders " + i + ", Inc.")
        .filter(name -> wanted.test(DIRECTORY.named(name).orElseThrow()))
        .findFirst()
        .orElseThrow();
  }

  private HttpResponse<String> apollo(String path, JsonNode body) {
    return bench.exchange(
        bench
            .request("/apollo/api/v1" + path)
            .header("x-api-key", SimulatedCredentials.of(Bench.TENANT).apollo().apiKey())
            .POST(BodyPublishers.ofByteArray(Json.bytes(body))));
  }

  private HttpResponse<String> apolloGet(String path) {
    return bench.exchange(
        bench
            .request("/apollo/api/v1" + path)
            .header("x-api-key", SimulatedCredentials.of(Bench.TENANT).apollo().apiKey()));
  }

  private HttpResponse<String> hunter(String path, String tenant) {
    return bench.exchange(
        bench
            .request("/hunter/v2" + path)
            .header("X-API-KEY", SimulatedCredentials.of(tenant).hunter().apiKey()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
