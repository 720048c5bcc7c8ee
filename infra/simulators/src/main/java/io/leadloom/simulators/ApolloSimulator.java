package io.leadloom.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.simulators.Directory.Company;
import io.leadloom.simulators.Directory.Coverage;
import io.leadloom.simulators.Directory.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Apollo: company search and enrichment, people search and match. Parameters are taken from the
 * query or from a JSON body. A look-up that finds something costs a credit; the people search is
 * free.
 */
final class ApolloSimulator implements Provider {

  static final String NAME = "apollo";

  private static final int MOST_PER_PAGE = 100;

  private final World world;
  private final Directory directory;

  ApolloSimulator(World world, Directory directory) {
    this.world = world;
    this.directory = directory;
  }

  @Override
  public Answer handle(Call call) {
    var tenant =
        call.header("x-api-key")
            .flatMap(key -> SimulatedCredentials.tenantOf("apollo", key))
            .orElseThrow(() -> refusal(401, "Invalid access credentials."));
    return switch (call.method() + " " + call.path()) {
      case "POST /api/v1/mixed_companies/search" -> searchCompanies(call, tenant);
      case "GET /api/v1/organizations/enrich" -> enrichOrganization(call, tenant);
      case "POST /api/v1/mixed_people/api_search" -> searchPeople(call);
      case "POST /api/v1/people/match" -> matchPerson(call, tenant);
      default -> throw refusal(404, "No such endpoint: " + call.method() + " " + call.path());
    };
  }

  @Override
  public Answer tooManyRequests() {
    return Answer.json(
            429,
            Json.object()
                .put("message", "The maximum number of api calls allowed per minute is 100 times."))
        .with("x-rate-limit-minute", "100")
        .with("x-minute-requests-left", "0");
  }

  private Answer searchCompanies(Call call, String tenant) {
    var name = parameters(call, "q_organization_name");
    var domains = parameters(call, "q_organization_domains_list");
    if (name.isEmpty() && domains.isEmpty()) {
      throw refusal(422, "q_organization_name or q_organization_domains_list is required");
    }
    var found = new ArrayList<ObjectNode>();
    domains.forEach(
        domain -> known(directory.withDomain(domain)).map(this::json).ifPresent(found::add));
    name.stream()
        .findFirst()
        .flatMap(
            text -> known(directory.named(text)).map(company -> json(company).put("name", text)))
        .ifPresent(found::add);
    var answer = Json.object();
    answer.putArray("breadcrumbs");
    answer.put("partial_results_only", false);
    answer.set("pagination", pagination(call, found.size()));
    answer.putArray("accounts");
    answer.putArray("organizations").addAll(page(call, found));
    charge(tenant, found.isEmpty() ? 0 : 1);
    return Answer.json(200, answer);
  }

  private Answer enrichOrganization(Call call, String tenant) {
    var domain =
        parameters(call, "domain").stream()
            .findFirst()
            .orElseThrow(() -> refusal(422, "domain is required"));
    var company = known(directory.withDomain(domain));
    charge(tenant, company.isPresent() ? 1 : 0);
    var answer = Json.object();
    answer.set("organization", company.<JsonNode>map(this::json).orElse(null));
    return Answer.json(200, answer);
  }

  private Answer searchPeople(Call call) {
    var titles = parameters(call, "person_titles");
    var seniorities = parameters(call, "person_seniorities");
    var people =
        parameters(call, "q_organization_domains_list").stream()
            .flatMap(domain -> directory.withDomain(domain).stream())
            .flatMap(company -> directory.knownToApollo(company).stream())
            .filter(person -> seniorities.isEmpty() || seniorities.contains(person.seniority()))
            .filter(person ->
                titles.isEmpty() || titles.stream().anyMatch(title -> matches(person, title)))
            .toList();
    var answer = Json.object().put("total_entries", people.size());
    answer.set("pagination", pagination(call, people.size()));
    var list = answer.putArray("people");
    for (var person : page(call, people)) {
      var found =
          list.addObject()
              .put("id", person.id())
              .put("first_name", person.firstName())
              .put("last_name_obfuscated", obfuscated(person.lastName()))
              .put("title", person.title())
              .put("seniority", person.seniority())
              .put("has_email", hasAddress(person));
      found
          .putObject("organization")
          .put("name", person.company().name())
          .put("has_industry", true);
    }
    return Answer.json(200, answer);
  }

  private Answer matchPerson(Call call, String tenant) {
    if (parameters(call, "reveal_phone_number").contains("true")
        && parameters(call, "webhook_url").isEmpty()) {
      throw refusal(
          422, "Please add a valid 'webhook_url' parameter when using 'reveal_phone_number'");
    }
    var person = find(call);
    charge(tenant, person.isPresent() ? 1 : 0);
    var answer = Json.object();
    answer.set("person", person.<JsonNode>map(this::json).orElse(null));
    return Answer.json(200, answer);
  }

  private Optional<Person> find(Call call) {
    var id = parameters(call, "id");
    if (!id.isEmpty()) {
      return directory.person(id.getFirst()).filter(this::isKnown);
    }
    var email = parameters(call, "email");
    if (!email.isEmpty()) {
      var at = email.getFirst().indexOf('@');
      return directory.withDomain(email.getFirst().substring(at + 1)).stream()
          .flatMap(company -> directory.knownToApollo(company).stream())
          .filter(person -> person.email().equalsIgnoreCase(email.getFirst()))
          .findFirst();
    }
    var name = parameters(call, "name");
    var firstName = parameters(call, "first_name");
    var lastName = parameters(call, "last_name");
    if (name.isEmpty() && firstName.isEmpty()) {
      throw refusal(422, "Please provide an id, an email, or a name with a domain");
    }
    var company =
        parameters(call, "domain").stream()
            .findFirst()
            .flatMap(directory::withDomain)
            .or(() ->
                parameters(call, "organization_name").stream()
                    .findFirst()
                    .flatMap(directory::named));
    return company.map(directory::knownToApollo).stream()
        .flatMap(List::stream)
        .filter(person -> name.isEmpty() || name.getFirst().equalsIgnoreCase(person.name()))
        .filter(person ->
            firstName.isEmpty() || firstName.getFirst().equalsIgnoreCase(person.firstName()))
        .filter(
            person -> lastName.isEmpty() || lastName.getFirst().equalsIgnoreCase(person.lastName()))
        .findFirst();
  }

  private boolean isKnown(Person person) {
    return directory.knownToApollo(person.company()).contains(person);
  }

  private Optional<Company> known(Optional<Company> company) {
    return company.filter(found -> directory.apollo(found) != Coverage.UNKNOWN);
  }

  private boolean hasAddress(Person person) {
    return !emailStatus(person).equals("unavailable");
  }

  private String emailStatus(Person person) {
    return switch (directory.apollo(person.company())) {
      case VERIFIED_ADDRESS, OTHERS_ONLY -> "verified";
      case UNVERIFIED_ADDRESS -> "unverified";
      case NO_ADDRESS, UNKNOWN, NOBODY -> "unavailable";
    };
  }

  private void charge(String tenant, int credits) {
    if (credits > 0) {
      world.record(new Happening.CreditsSpent(NAME, tenant, credits));
    }
  }

  private ObjectNode json(Company company) {
    var json =
        Json.object()
            .put("id", company.id())
            .put("name", company.name())
            .put("website_url", "http://www." + company.domain())
            .put("primary_domain", company.domain())
            .putNull("linkedin_url")
            .putNull("twitter_url")
            .putNull("facebook_url")
            .put("phone", company.phone())
            .put("industry", company.industry())
            .put("estimated_num_employees", company.employees())
            .put("founded_year", company.founded())
            .put("annual_revenue", company.revenue())
            .put("annual_revenue_printed", "%.1fM".formatted(company.revenue() / 1e6))
            .putNull("total_funding")
            .putNull("total_funding_printed")
            .putNull("latest_funding_stage")
            .put(
                "raw_address",
                "%s, %s, %s %s"
                    .formatted(
                        company.street(), company.city(), company.state(), company.postalCode()))
            .put("street_address", company.street())
            .put("city", company.city())
            .put("state", company.state())
            .put("postal_code", company.postalCode())
            .put("country", "United States")
            .putNull("short_description");
    json.putObject("primary_phone").put("number", company.phone()).put("source", "Owler");
    json.putArray("industries").add(company.industry());
    json.putArray("keywords");
    json.putArray("current_technologies");
    return json;
  }

  private ObjectNode json(Person person) {
    var company = person.company();
    var json =
        Json.object()
            .put("id", person.id())
            .put("first_name", person.firstName())
            .put("last_name", person.lastName())
            .put("name", person.name())
            .putNull("linkedin_url")
            .put("title", person.title())
            .put("email", hasAddress(person) ? person.email() : null)
            .put("email_status", emailStatus(person))
            .put("headline", person.title() + " at " + company.name())
            .put("city", company.city())
            .put("state", company.state())
            .put("country", "United States")
            .put("seniority", person.seniority())
            .put("organization_id", company.id());
    json.putArray("departments").add(person.department());
    json.putArray("employment_history")
        .addObject()
        .put("organization_name", company.name())
        .put("title", person.title())
        .put("start_date", person.since().toString())
        .putNull("end_date")
        .put("current", true);
    json.set("organization", json(company));
    return json;
  }

  private static ObjectNode pagination(Call call, int entries) {
    var perPage = perPage(call);
    return Json.object()
        .put("page", number(call, "page", 1))
        .put("per_page", perPage)
        .put("total_entries", entries)
        .put("total_pages", (entries + perPage - 1) / perPage);
  }

  private static <T> List<T> page(Call call, List<T> all) {
    var skipped = (number(call, "page", 1) - 1L) * perPage(call);
    return all.stream().skip(skipped).limit(perPage(call)).toList();
  }

  private static int perPage(Call call) {
    return Math.min(number(call, "per_page", 10), MOST_PER_PAGE);
  }

  private static int number(Call call, String name, int fallback) {
    var value = parameters(call, name).stream().findFirst().orElse(Integer.toString(fallback));
    if (!value.matches("[1-9][0-9]{0,5}")) {
      throw refusal(422, name + " must be a positive number");
    }
    return Integer.parseInt(value);
  }

  /** The values of a parameter, which may be a list: from the body, else from the query. */
  private static List<String> parameters(Call call, String name) {
    var member = call.json().map(body -> body.path(name));
    if (member.isPresent() && !member.get().isMissingNode() && !member.get().isNull()) {
      var values = new ArrayList<String>();
      if (member.get().isArray()) {
        member.get().forEach(value -> values.add(value.asText()));
      } else {
        values.add(member.get().asText());
      }
      return values.stream().filter(value -> !value.isBlank()).toList();
    }
    var query = call.query();
    var value = query.getOrDefault(name, query.getOrDefault(name + "[]", ""));
    return value.isBlank() ? List.of() : List.of(value);
  }

  private static boolean matches(Person person, String title) {
    return person.title().toLowerCase(Locale.ROOT).contains(title.toLowerCase(Locale.ROOT));
  }

  private static String obfuscated(String lastName) {
    return lastName.substring(0, 2) + "***" + lastName.substring(lastName.length() - 1);
  }

  private static Refusal refusal(int status, String error) {
    return new Refusal(Answer.json(status, Json.object().put("error", error)));
  }
}
