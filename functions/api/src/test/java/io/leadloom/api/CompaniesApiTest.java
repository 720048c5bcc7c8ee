package io.leadloom.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.CampaignId;
import io.leadloom.model.Company;
import io.leadloom.model.Contact;
import io.leadloom.model.Lead;
import io.leadloom.model.Role;
import io.leadloom.model.Stage;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Tenants;
import io.leadloom.testkit.Crashes;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompaniesApiTest {

  @RegisterExtension final Platform platform = new Platform();

  private ApiHandler handler;
  private ApiClient member;

  @BeforeEach
  void start() {
    platform.bean(Tenants.class).create(Samples.tenant());
    handler = new ApiHandler();
    member = ApiClient.of(handler, Samples.TENANT, Role.MEMBER);
  }

  @Test
  void aLeadLeadsToItsCompanyAndContactAndTheyBack() {
    var lead = enriched("spring", "northfield", Stage.CONTACTED);
    var other = raised("autumn", "northfield");
    var shown = member.get("/v1/leads/" + lead.id()).body();

    var company = member.get("/v1/companies/" + shown.path("companyId").asText());
    assertThat(company.status()).as(company.text()).isEqualTo(200);
    assertThat(company.header("etag")).isNotEmpty();
    assertThat(company.body().path("domain").asText()).isEqualTo("northfield.example");
    assertThat(company.body().path("leads").findValuesAsText("id"))
        .containsExactly(lead.id().value(), other.id().value());
    assertThat(company.body().at("/leads/0/stage").asText()).isEqualTo("contacted");
    assertThat(company.body().at("/leads/0/campaignId").asText()).isEqualTo("spring");
    assertThat(company.body().at("/contacts/0/email").asText())
        .isEqualTo("morgan@northfield.example");

    var contact = member.get("/v1/contacts/" + shown.path("contactId").asText());
    assertThat(contact.status()).as(contact.text()).isEqualTo(200);
    assertThat(contact.header("etag")).isNotEmpty();
    assertThat(contact.body().path("companyId")).isEqualTo(shown.path("companyId"));
    assertThat(contact.body().at("/company/name").asText()).isEqualTo("northfield inc");
    assertThat(contact.body().path("leads").findValuesAsText("id"))
        .containsExactly(lead.id().value());
  }

  @Test
  void aLeadThatWasPutAwayIsShownAsThat() {
    var lead = enriched("spring", "northfield", Stage.CONTACTED);
    var path = "/v1/companies/" + lead.companyId();

    assertThat(member.get(path).body().at("/leads/0").has("deletedAt")).isFalse();
    member.change("DELETE", "/v1/leads/" + lead.id(), "*", null);
    assertThat(member.get(path).body().at("/leads/0").has("deletedAt")).isTrue();
  }

  @Test
  void pagesOfTheListsShowEachOnceLatestFirst() {
    for (var i = 0; i < 7; i++) {
      enriched("spring", "company" + i, Stage.CONTACTED);
    }
    var latestFirst = List.of(6, 5, 4, 3, 2, 1, 0);

    assertThat(pages("/v1/companies?limit=3", "companies", "domain"))
        .containsExactlyElementsOf(
            latestFirst.stream().map(i -> "company" + i + ".example").toList());
    assertThat(pages("/v1/contacts?limit=3", "contacts", "email"))
        .containsExactlyElementsOf(
            latestFirst.stream().map(i -> "morgan@company" + i + ".example").toList());
    assertThat(pages("/v1/companies?limit=1&q=company", "companies", "id")).hasSize(7);
  }

  @Test
  void filtersAllHold() {
    enriched("spring", "northfield", Stage.CONTACTED);
    var southfield = enriched("spring", "southfield", Stage.CONTACTED);

    assertThat(pages("/v1/companies?q=NORTH", "companies", "domain"))
        .containsExactly("northfield.example");
    assertThat(pages("/v1/companies?q=.example", "companies", "domain")).hasSize(2);
    assertThat(pages("/v1/companies?state=tx&industry=Construction", "companies", "domain"))
        .hasSize(2);
    assertThat(pages("/v1/companies?state=CA", "companies", "domain")).isEmpty();
    assertThat(pages("/v1/companies?industry=retail", "companies", "domain")).isEmpty();
    assertThat(pages("/v1/contacts?q=morgan%20e", "contacts", "email")).hasSize(2);
    assertThat(pages("/v1/contacts?q=owner", "contacts", "email")).hasSize(2);
    assertThat(
            pages("/v1/contacts?q=morgan&companyId=" + southfield.companyId(), "contacts", "email"))
        .containsExactly("morgan@southfield.example");
  }

  @Test
  void aCursorOfAnotherListIsRefused() {
    enriched("spring", "northfield", Stage.CONTACTED);
    enriched("spring", "southfield", Stage.CONTACTED);
    var next = member.get("/v1/companies?limit=1").body().path("next").asText();

    assertThat(member.get("/v1/companies?limit=1&cursor=" + next).status()).isEqualTo(200);
    assertThat(member.get("/v1/companies?state=TX&cursor=" + next).status()).isEqualTo(400);
    assertThat(member.get("/v1/contacts?cursor=" + next).status()).isEqualTo(400);
  }

  @Test
  void nothingOfAnotherTenantIsThere() {
    var lead = enriched("spring", "northfield", Stage.CONTACTED);
    var other = ApiClient.of(handler, Samples.OTHER_TENANT, Role.OWNER);

    assertThat(other.get("/v1/companies/" + lead.companyId()).status()).isEqualTo(404);
    assertThat(other.get("/v1/contacts/" + lead.contactId()).status()).isEqualTo(404);
    assertThat(other.get("/v1/companies").body().path("companies")).isEmpty();
    assertThat(other.get("/v1/contacts").body().path("contacts")).isEmpty();
  }

  @Test
  void aCorrectionOfACompanyGoesToItsLeadsUnderWay() {
    var lead = enriched("spring", "northfield", Stage.CONTACTED);
    var ended = enriched("autumn", "northfield", Stage.CLOSED);
    var path = "/v1/companies/" + lead.companyId();
    var seen = member.get(path).header("etag");
    var body = "{\"phone\":\"+15125550199\",\"domain\":\"north.example\"}";

    assertThat(member.send("PATCH", path, Map.of(), body).status()).isEqualTo(428);
    var corrected = member.change("PATCH", path, seen, body);
    assertThat(corrected.status()).as(corrected.text()).isEqualTo(200);
    assertThat(corrected.body().path("domain").asText()).isEqualTo("north.example");
    assertThat(corrected.body().path("name").asText()).isEqualTo("northfield inc");
    assertThat(corrected.body().path("corrected"))
        .extracting(JsonNode::asText)
        .containsExactly("domain", "phone");
    assertThat(member.change("PATCH", path, seen, body).status()).isEqualTo(412);

    assertThat(now(lead).company().domain()).isEqualTo("north.example");
    assertThat(now(lead).company().phone()).isEqualTo("+15125550199");
    assertThat(now(lead).company().city()).isEqualTo("Austin");
    assertThat(now(ended)).isEqualTo(ended);
    assertThat(pages("/v1/companies?q=north.ex", "companies", "id")).hasSize(1);
    var entry = audit().path("entries").get(0);
    assertThat(entry.path("action").asText()).isEqualTo("company.corrected");
    assertThat(entry.path("subject").asText()).isEqualTo(Objects.toString(lead.companyId()));
    assertThat(entry.path("why").asText()).isEqualTo("domain, phone");
  }

  @Test
  void aCorrectionOfAContactGoesToTheLeadsThatNameItAndItsIdStays() {
    var lead = enriched("spring", "northfield", Stage.CONTACTED);
    var path = "/v1/contacts/" + lead.contactId();
    var body = "{\"email\":\"m.ellery@northfield.example\",\"title\":\"President\"}";

    var corrected = member.change("PATCH", path, member.get(path).header("etag"), body);

    assertThat(corrected.status()).as(corrected.text()).isEqualTo(200);
    assertThat(corrected.body().path("id").asText()).isEqualTo(Objects.toString(lead.contactId()));
    assertThat(corrected.body().path("emailVerified").asBoolean()).isFalse();
    assertThat(corrected.body().path("corrected")).hasSize(2);
    var contact = Objects.requireNonNull(now(lead).contact());
    assertThat(contact.email()).isEqualTo("m.ellery@northfield.example");
    assertThat(contact.title()).isEqualTo("President");
    assertThat(contact.firstName()).isEqualTo("Morgan");
    assertThat(member.get(path).body().path("leads")).hasSize(1);
  }

  @Test
  void whatIsFoundLaterDoesNotReplaceACorrection() {
    var lead = enriched("spring", "northfield", Stage.CONTACTED);
    correct("/v1/companies/" + lead.companyId(), "{\"industry\":\"retail\"}");
    correct("/v1/contacts/" + lead.contactId(), "{\"email\":\"me@northfield.example\"}");

    var later = enriched("autumn", "northfield", Stage.CONTACTED);

    assertThat(later.company().industry()).isEqualTo("retail");
    assertThat(later.contactId()).isEqualTo(lead.contactId());
    assertThat(Objects.requireNonNull(later.contact()).email()).isEqualTo("me@northfield.example");
    assertThat(now(later)).isEqualTo(later);
    var company = member.get("/v1/companies/" + lead.companyId()).body();
    assertThat(company.path("industry").asText()).isEqualTo("retail");
    assertThat(company.path("contacts")).hasSize(1);
  }

  @Test
  void nullTakesACorrectionBack() {
    var lead = enriched("spring", "northfield", Stage.CONTACTED);
    var path = "/v1/companies/" + lead.companyId();
    correct(path, "{\"industry\":\"retail\",\"name\":\"Northfield\"}");

    var shown = correct(path, "{\"industry\":null}");

    assertThat(shown.path("industry").asText()).isEqualTo("construction");
    assertThat(shown.path("name").asText()).isEqualTo("Northfield");
    assertThat(shown.path("corrected")).hasSize(1);
    assertThat(now(lead).company().industry()).isEqualTo("construction");
    assertThat(now(lead).company().name()).isEqualTo("Northfield");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "companies | {'colour':'red'}",
        "companies | {'domain':'https://north.example/'}",
        "companies | {'domain':'North.Example'}",
        "companies | {'employees':0}",
        "companies | {'name':''}",
        "companies | {'key':'other'}",
        "contacts  | {'email':'nobody'}",
        "contacts  | {'email':'two words@north.example'}",
        "contacts  | {'companyId':'other'}",
        "contacts  | {'confidence':1}"
      })
  void whatCannotBeCorrectedIsRefused(String list, String body) {
    var lead = enriched("spring", "northfield", Stage.CONTACTED);
    var id = list.equals("companies") ? lead.companyId() : lead.contactId();
    var answer = member.change("PATCH", "/v1/" + list + "/" + id, "*", body.replace('\'', '"'));
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(now(lead)).isEqualTo(lead);
  }

  @Test
  void theAddressOfAnotherContactOfTheCompanyIsRefused() {
    var lead = enriched("spring", "northfield", Stage.CONTACTED);
    var raised = raised("autumn", "northfield");
    var other =
        platform
            .bean(Leads.class)
            .change(
                Samples.TENANT,
                raised.id(),
                seen ->
                    seen.enriched(
                        found("northfield"),
                        person("other"),
                        "America/Chicago",
                        platform.clock().instant()));
    assertThat(other.contactId()).isNotEqualTo(lead.contactId());

    var refused =
        member.change(
            "PATCH",
            "/v1/contacts/" + lead.contactId(),
            "*",
            "{\"email\":\"Morgan@OTHER.example\"}");

    assertThat(refused.status()).as(refused.text()).isEqualTo(422);
    assertThat(refused.body().path("code").asText()).isEqualTo("contact.exists");
    assertThat(now(lead)).isEqualTo(lead);
  }

  @ParameterizedTest
  @ValueSource(strings = {"companies", "contacts"})
  void aCorrectionThatBrokeOffIsMadeByItsRepetition(String list) {
    Crashes.on(platform)
        // Counted twice is harmless.
        .forgiving("limit")
        .everywhere(
            () -> {
              start();
              enriched("spring", "northfield", Stage.CONTACTED);
              enriched("autumn", "northfield", Stage.QUALIFIED);
            },
            () -> {
              member = ApiClient.of(new ApiHandler(), Samples.TENANT, Role.MEMBER);
              var path = "/v1/%s/%s".formatted(list, pages("/v1/" + list, list, "id").getFirst());
              return correct(path, "{\"phone\":\"+15125550199\"}").path("phone").asText();
            });
  }

  private JsonNode correct(String path, String body) {
    var answer = member.change("PATCH", path, member.get(path).header("etag"), body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.body();
  }

  private JsonNode audit() {
    return ApiClient.of(handler, Samples.TENANT, Role.OWNER).get("/v1/audit").body();
  }

  private Lead now(Lead lead) {
    return platform.bean(Leads.class).get(Samples.TENANT, lead.id());
  }

  private List<String> pages(String path, String list, String member) {
    var seen = new ArrayList<String>();
    var cursor = "";
    do {
      var page = this.member.get(path + cursor);
      assertThat(page.status()).as(page.text()).isEqualTo(200);
      page.body().path(list).forEach(entry -> seen.add(entry.path(member).asText()));
      cursor = page.body().has("next") ? "&cursor=" + page.body().path("next").asText() : "";
    } while (!cursor.isEmpty());
    return seen;
  }

  private Lead raised(String campaign, String name) {
    platform.clock().advance(Duration.ofSeconds(1));
    var lead =
        Lead.raised(
            Samples.TENANT,
            CampaignId.of(campaign),
            "fire-safety",
            Company.named(name, name, "12 Alder Way", "Austin", "TX", "78701"),
            "America/Chicago",
            platform.clock().instant());
    platform.raise(lead);
    return lead;
  }

  private Lead enriched(String campaign, String name, Stage stage) {
    var raised = raised(campaign, name);
    var now = platform.clock().instant();
    platform
        .bean(Leads.class)
        .change(
            Samples.TENANT,
            raised.id(),
            lead ->
                lead.enriched(found(name), person(name), "America/Chicago", now)
                    .at(stage, null, now));
    return now(raised);
  }

  private static Company found(String name) {
    return new Company(
        name + " inc",
        name,
        name + ".example",
        "construction",
        34,
        "12 Alder Way",
        "Austin",
        "TX",
        "78701",
        "US",
        "+15125550100",
        true,
        null);
  }

  private static Contact person(String name) {
    return new Contact(
        "Morgan",
        "Ellery",
        "Owner",
        "morgan@" + name + ".example",
        true,
        null,
        null,
        false,
        null,
        null,
        0.92,
        "apollo");
  }
}
