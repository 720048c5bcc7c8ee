package io.leadloom.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.model.CampaignId;
import io.leadloom.model.Company;
import io.leadloom.model.Contact;
import io.leadloom.model.Lead;
import io.leadloom.model.Role;
import io.leadloom.model.Stage;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Tenants;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

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
    return platform
        .bean(Leads.class)
        .change(
            Samples.TENANT,
            raised.id(),
            lead ->
                lead.enriched(found(name), person(name), "America/Chicago", now)
                    .at(stage, null, now));
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
