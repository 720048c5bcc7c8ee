package io.leadloom.simulators;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.simulators.Directory.Company;
import io.leadloom.simulators.Directory.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Hunter: domain search, e-mail finder and e-mail verifier. It knows six of ten companies, whether
 * Apollo does or not, and of one in a hundred addresses it knows that their owner does not want to
 * be found (451).
 */
final class HunterSimulator implements Provider {

  static final String NAME = "hunter";

  private static final int MOST_RESULTS = 100;
  private static final String CHECKED_ON = "2026-01-01";

  private final long seed;
  private final World world;
  private final Directory directory;

  HunterSimulator(long seed, World world, Directory directory) {
    this.seed = seed;
    this.world = world;
    this.directory = directory;
  }

  @Override
  public Answer handle(Call call) {
    var tenant =
        call.header("X-API-KEY")
            .or(call::bearer)
            .or(() -> Optional.ofNullable(call.query().get("api_key")))
            .flatMap(key -> SimulatedCredentials.tenantOf(NAME, key))
            .orElseThrow(() ->
                refusal(401, "authentication_failed", "No user found for the API key supplied"));
    return switch (call.method() + " " + call.path()) {
      case "GET /v2/domain-search" -> searchDomain(call, tenant);
      case "GET /v2/email-finder" -> findEmail(call, tenant);
      case "GET /v2/email-verifier" -> verifyEmail(call, tenant);
      default -> throw refusal(404, "not_found", "No such endpoint: " + call.path());
    };
  }

  /** Hunter says 403 to who asks too often; its 429 means that the quota of the plan is gone. */
  @Override
  public Answer tooManyRequests() {
    return error(403, "too_many_requests", "You've reached the rate limit. Try again later.");
  }

  private Answer searchDomain(Call call, String tenant) {
    var company = company(call);
    var type = call.query().getOrDefault("type", "");
    var limit = number(call, "limit", 10);
    var offset = number(call, "offset", 0);
    var emails = new ArrayList<ObjectNode>();
    company.filter(directory::hunter).ifPresent(known -> addEmails(known, type, emails));
    if (!emails.isEmpty()) {
      charge(tenant);
    }
    var data =
        Json.object()
            .put("domain", company.map(Company::domain).orElse(call.query().get("domain")))
            .put("disposable", false)
            .put("webmail", false)
            .put("accept_all", false)
            .put("pattern", emails.isEmpty() ? null : "{first}.{last}")
            .put("organization", emails.isEmpty() ? null : company.map(Company::name).orElse(null));
    data.putArray("emails").addAll(emails.stream().skip(offset).limit(limit).toList());
    var answer = Json.object();
    answer.set("data", data);
    var meta =
        answer
            .putObject("meta")
            .put("results", emails.size())
            .put("limit", limit)
            .put("offset", offset);
    var asked = meta.putObject("params");
    for (var name : List.of("domain", "company", "type")) {
      asked.put(name, call.query().get(name));
    }
    return Answer.json(200, answer);
  }

  private void addEmails(Company company, String type, List<ObjectNode> emails) {
    if (!type.equals("generic")) {
      directory.people(company).stream()
          .filter(person -> !isClaimed(person.email()))
          .map(this::json)
          .forEach(emails::add);
    }
    if (!type.equals("personal") && Dice.of(seed, "generic", company.slug()).inPercent(50)) {
      var email = Json.object().put("value", "info@" + company.domain()).put("type", "generic");
      email.put("confidence", 90);
      sources(email.putArray("sources"), company);
      for (var unknown :
          List.of(
              "first_name",
              "last_name",
              "position",
              "seniority",
              "department",
              "linkedin",
              "twitter",
              "phone_number")) {
        email.putNull(unknown);
      }
      email.putObject("verification").put("date", CHECKED_ON).put("status", "accept_all");
      emails.add(email);
    }
  }

  private Answer findEmail(Call call, String tenant) {
    var query = call.query();
    var fullName =
        query.getOrDefault(
            "full_name",
            (query.getOrDefault("first_name", "") + " " + query.getOrDefault("last_name", ""))
                .strip());
    if (!fullName.contains(" ")) {
      throw refusal(
          400, "wrong_params", "You are missing the first_name and last_name, or full_name");
    }
    var person =
        company(call).filter(directory::hunter).stream()
            .flatMap(company -> directory.people(company).stream())
            .filter(known -> known.name().equalsIgnoreCase(fullName))
            .findFirst();
    person.map(Person::email).ifPresent(this::refuseIfClaimed);
    var data = Json.object();
    if (person.isPresent()) {
      charge(tenant);
      var known = person.get();
      data.put("first_name", known.firstName())
          .put("last_name", known.lastName())
          .put("email", known.email())
          .put("score", directory.hunterConfidence(known))
          .put("domain", known.company().domain())
          .put("accept_all", false)
          .put("position", known.title())
          .putNull("twitter")
          .putNull("linkedin_url")
          .putNull("phone_number")
          .put("company", known.company().name());
      sources(data.putArray("sources"), known.company());
      data.putObject("verification").put("date", CHECKED_ON).put("status", status(known.email()));
    } else {
      data.put("first_name", query.get("first_name"))
          .put("last_name", query.get("last_name"))
          .putNull("email")
          .putNull("score")
          .put("domain", query.get("domain"))
          .put("accept_all", false)
          .putNull("position")
          .put("company", query.get("company"));
      data.putArray("sources");
      data.putObject("verification").putNull("date").putNull("status");
    }
    var answer = Json.object();
    answer.set("data", data);
    return Answer.json(200, answer);
  }

  private Answer verifyEmail(Call call, String tenant) {
    var email = call.query().getOrDefault("email", "").toLowerCase(Locale.ROOT);
    if (email.isEmpty()) {
      throw refusal(400, "wrong_params", "You are missing the email parameter");
    }
    if (Mailboxes.address(email).isEmpty()) {
      throw refusal(400, "invalid_email", "The email is invalid");
    }
    refuseIfClaimed(email);
    charge(tenant);
    var status = status(email);
    var data =
        Json.object()
            .put("status", status)
            .put(
                "result",
                switch (status) {
                  case "valid" -> "deliverable";
                  case "invalid" -> "undeliverable";
                  default -> "risky";
                })
            .put("score", status.equals("valid") ? 95 : status.equals("invalid") ? 5 : 60)
            .put("email", email)
            .put("regexp", true)
            .put("gibberish", false)
            .put("disposable", false)
            .put("webmail", false)
            .put("mx_records", !status.equals("invalid"))
            .put("smtp_server", !status.equals("invalid"))
            .put("smtp_check", status.equals("valid"))
            .put("accept_all", status.equals("accept_all"))
            .put("block", false);
    data.putArray("sources");
    var answer = Json.object();
    answer.set("data", data);
    answer.putObject("meta").putObject("params").put("email", email);
    return Answer.json(200, answer);
  }

  private Optional<Company> company(Call call) {
    var domain = call.query().getOrDefault("domain", "");
    var name = call.query().getOrDefault("company", "");
    if (domain.isBlank() && name.isBlank()) {
      throw refusal(400, "wrong_params", "You are missing the domain or company parameter");
    }
    return domain.isBlank() ? directory.named(name) : directory.withDomain(domain);
  }

  private ObjectNode json(Person person) {
    var email =
        Json.object()
            .put("value", person.email())
            .put("type", "personal")
            .put("confidence", directory.hunterConfidence(person));
    sources(email.putArray("sources"), person.company());
    email
        .put("first_name", person.firstName())
        .put("last_name", person.lastName())
        .put("position", person.title())
        .put("seniority", person.decides() ? "executive" : "junior")
        .put("department", person.decides() ? "executive" : "support")
        .putNull("linkedin")
        .putNull("twitter")
        .putNull("phone_number");
    email.putObject("verification").put("date", CHECKED_ON).put("status", status(person.email()));
    return email;
  }

  private static void sources(ArrayNode sources, Company company) {
    sources
        .addObject()
        .put("domain", company.domain())
        .put("uri", "http://" + company.domain() + "/contact")
        .put("extracted_on", "2025-06-01")
        .put("last_seen_on", CHECKED_ON)
        .put("still_on_page", true);
  }

  /** What a check of the address tells: nobody answers where nobody works. */
  private String status(String email) {
    var exists =
        directory.withDomain(email.substring(email.indexOf('@') + 1)).stream()
            .flatMap(company -> directory.people(company).stream())
            .anyMatch(person -> person.email().equals(email));
    if (!exists) {
      return "invalid";
    }
    var percent = Dice.of(seed, "verification", email).percent();
    return percent < 85 ? "valid" : percent < 95 ? "accept_all" : "unknown";
  }

  private boolean isClaimed(String email) {
    return Dice.of(seed, "claimed", email).inPercent(1);
  }

  private void refuseIfClaimed(String email) {
    if (isClaimed(email)) {
      throw refusal(
          451,
          "claimed_email",
          "The person owning this email address asked us directly or indirectly to stop the"
              + " processing of their personal data.");
    }
  }

  private void charge(String tenant) {
    world.record(new Happening.CreditsSpent(NAME, tenant, 1));
  }

  private static int number(Call call, String name, int fallback) {
    var value = call.query().get(name);
    if (value == null) {
      return fallback;
    }
    if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > MOST_RESULTS) {
      throw refusal(400, "wrong_params", "The " + name + " parameter is invalid");
    }
    return Integer.parseInt(value);
  }

  private static Refusal refusal(int status, String id, String details) {
    return new Refusal(error(status, id, details));
  }

  private static Answer error(int status, String id, String details) {
    var answer = Json.object();
    answer.putArray("errors").addObject().put("id", id).put("code", status).put("details", details);
    return Answer.json(status, answer);
  }
}
