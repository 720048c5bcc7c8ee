package io.leadloom.enrichment;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.PermanentException;
import io.leadloom.platform.ProviderHttp;
import io.leadloom.platform.ProviderHttp.Answer;
import io.leadloom.platform.ProviderHttp.Call;
import io.leadloom.platform.Providers;
import io.leadloom.platform.Secrets;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Apollo's REST API. Its answers are cut down to what we use; it has no idempotency, so a repeated
 * look-up may be charged again, and does no other harm.
 */
@Singleton
final class Apollo {

  static final String NAME = "apollo";

  private static final List<String> SENIORITIES =
      List.of(
          "owner", "founder", "c_suite", "partner", "vp", "head", "director", "manager", "senior");

  private final ProviderHttp http;
  private final Providers providers;
  private final Secrets secrets;

  Apollo(ProviderHttp http, Providers providers, Secrets secrets) {
    this.http = http;
    this.providers = providers;
    this.secrets = secrets;
  }

  /** Companies of that name; a credit where there is one. */
  Companies companies(TenantId tenant, String name) {
    var answer =
        post(
            tenant,
            "/api/v1/mixed_companies/search",
            Map.of("q_organization_name", name, "per_page", 10));
    var companies = new ArrayList<KnownCompany>();
    answer.path("organizations").forEach(each -> companies.add(company(each)));
    answer.path("accounts").forEach(each -> companies.add(company(each)));
    return new Companies(companies);
  }

  /** People in charge at a company; free, and without addresses. */
  List<Listed> people(TenantId tenant, String domain) {
    var answer =
        post(
            tenant,
            "/api/v1/mixed_people/api_search",
            Map.of(
                "q_organization_domains_list",
                List.of(domain),
                "person_seniorities",
                SENIORITIES,
                "per_page",
                25));
    var people = new ArrayList<Listed>();
    answer
        .path("people")
        .forEach(person ->
            people.add(
                new Listed(
                    person.path("id").asText(),
                    text(person, "title"),
                    person.path("has_email").asBoolean(true))));
    return people;
  }

  /** A person with address; a credit where there is one. */
  Match person(TenantId tenant, String id) {
    var person = post(tenant, "/api/v1/people/match", Map.of("id", id)).path("person");
    return new Match(person.isObject() ? person(person) : null);
  }

  private JsonNode post(TenantId tenant, String path, Map<String, ?> body) {
    var answer =
        http.send(
            Call.post(
                NAME,
                URI.create(providers.base(NAME) + path),
                Map.of("x-api-key", secrets.credential(tenant, NAME, "apiKey")),
                body,
                true));
    if (!answer.ok()) {
      throw refused(path, answer);
    }
    return answer.json();
  }

  private static PermanentException refused(String path, Answer answer) {
    return new PermanentException(
        "apollo.refused",
        "Apollo answered %d to %s; check the tenant's API key and plan"
            .formatted(answer.status(), path));
  }

  private static KnownCompany company(JsonNode company) {
    var domain = text(company, "primary_domain");
    var phone = text(company.path("primary_phone"), "number");
    return new KnownCompany(
        company.path("name").asText(),
        domain == null ? null : domain.replaceFirst("^www\\.", ""),
        text(company, "industry"),
        company.path("estimated_num_employees").isInt()
            ? company.path("estimated_num_employees").asInt()
            : null,
        text(company, "street_address"),
        text(company, "city"),
        UsStates.code(text(company, "state")),
        text(company, "postal_code"),
        Countries.code(text(company, "country")),
        phone == null ? text(company, "phone") : phone,
        date(text(company, "latest_funding_round_date")));
  }

  private static Person person(JsonNode person) {
    return new Person(
        person.path("first_name").asText(),
        person.path("last_name").asText(),
        text(person, "title"),
        text(person, "email"),
        text(person, "email_status"),
        text(person, "linkedin_url"),
        UsStates.code(text(person, "state")),
        roleSince(person));
  }

  /** When the person began the job they have now. */
  private static @Nullable LocalDate roleSince(JsonNode person) {
    for (var job : person.path("employment_history")) {
      if (job.path("current").asBoolean()) {
        return date(text(job, "start_date"));
      }
    }
    return null;
  }

  private static @Nullable LocalDate date(@Nullable String text) {
    if (text == null || text.length() < 10) {
      return null;
    }
    try {
      return LocalDate.parse(text.substring(0, 10));
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static @Nullable String text(JsonNode object, String member) {
    var text = object.path(member).asText("");
    return text.isBlank() ? null : text;
  }

  /** The companies found, best first as Apollo sees it. */
  record Companies(List<KnownCompany> found) {
    /** Keeps a copy. */
    Companies {
      found = List.copyOf(found);
    }
  }

  /** Somebody at a company, before anything is paid. */
  record Listed(String id, @Nullable String title, boolean hasEmail) {}

  /** The person asked for, if Apollo has them. */
  record Match(@Nullable Person person) {}

  /**
   * A person.
   *
   * @param emailStatus such as {@code verified}
   * @param roleSince first day in the present role
   */
  record Person(
      String firstName,
      String lastName,
      @Nullable String title,
      @Nullable String email,
      @Nullable String emailStatus,
      @Nullable String linkedinUrl,
      @Nullable String state,
      @Nullable LocalDate roleSince) {}
}
