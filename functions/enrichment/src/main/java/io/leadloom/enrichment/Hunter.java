package io.leadloom.enrichment;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.PermanentException;
import io.leadloom.model.fault.TransientException;
import io.leadloom.platform.ProviderHttp;
import io.leadloom.platform.ProviderHttp.Answer;
import io.leadloom.platform.ProviderHttp.Call;
import io.leadloom.platform.Providers;
import io.leadloom.platform.Secrets;
import io.leadloom.platform.UnknownOutcomeException;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hunter's REST API. It says 403 to who asks too fast, and 429 to who has used up the plan; reads
 * are free to be repeated, but for what they cost.
 */
@Singleton
final class Hunter {

  static final String NAME = "hunter";

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final ProviderHttp http;
  private final Providers providers;
  private final Secrets secrets;

  Hunter(ProviderHttp http, Providers providers, Secrets secrets) {
    this.http = http;
    this.providers = providers;
    this.secrets = secrets;
  }

  /**
   * People at a company, by its domain where that is known, else by its name.
   *
   * @return what was found; nothing where the plan is used up
   */
  Optional<Search> search(TenantId tenant, @Nullable String domain, String name) {
    var by = domain == null ? "company=" + encoded(name) : "domain=" + encoded(domain);
    var answer = get(tenant, "/v2/domain-search?type=personal&limit=10&" + by);
    if (answer.status() == 429) {
      return Optional.empty();
    }
    if (answer.status() == 400) {
      // Such as a name too short to look up.
      return Optional.of(new Search(null, null, List.of()));
    }
    var data = succeeded("domain-search", answer).path("data");
    var people = new ArrayList<Known>();
    for (var email : data.path("emails")) {
      if (email.path("value").asText().contains("@")) {
        people.add(known(email));
      }
    }
    return Optional.of(new Search(text(data, "domain"), text(data, "organization"), people));
  }

  /**
   * Whether an address works.
   *
   * @return what was found; nothing where the plan is used up
   * @throws TransientException while Hunter still tries
   */
  Optional<Check> verify(TenantId tenant, String email) {
    var answer = get(tenant, "/v2/email-verifier?email=" + encoded(email));
    return switch (answer.status()) {
      case 202 ->
          throw new TransientException("hunter.verifying", "Hunter still verifies an address");
      case 429 -> Optional.empty();
      case 400 -> Optional.of(new Check("invalid"));
      case 451 -> Optional.of(new Check(Check.CLAIMED));
      default ->
          Optional.of(
              new Check(
                  succeeded("email-verifier", answer)
                      .path("data")
                      .path("status")
                      .asText("unknown")));
    };
  }

  private Answer get(TenantId tenant, String path) {
    // As one that must not be repeated: only then are 429 and 5xx answers that one can tell apart.
    var call =
        new Call(
            NAME,
            "GET",
            URI.create(providers.base(NAME) + path),
            Map.of("X-API-KEY", secrets.credential(tenant, NAME, "apiKey")),
            new byte[0],
            false,
            TIMEOUT);
    try {
      return http.send(call);
    } catch (UnknownOutcomeException e) {
      throw new TransientException("provider.silent", "hunter did not answer", e);
    }
  }

  private static JsonNode succeeded(String what, Answer answer) {
    if (answer.ok()) {
      return answer.json();
    }
    if (answer.status() == 403 || answer.status() >= 500) {
      throw new TransientException(
          "provider.busy", "hunter answered %d to %s".formatted(answer.status(), what));
    }
    throw new PermanentException(
        "hunter.refused",
        "Hunter answered %d to %s; check the tenant's API key".formatted(answer.status(), what));
  }

  private static Known known(JsonNode email) {
    return new Known(
        email.path("value").asText(),
        email.path("first_name").asText(""),
        email.path("last_name").asText(""),
        text(email, "position"),
        email.path("confidence").asInt(),
        text(email, "linkedin"),
        text(email, "phone_number"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static @Nullable String text(JsonNode object, String member) {
    var text = object.path(member).asText("");
    return text.isBlank() ? null : text;
  }

  /** What a search found. */
  record Search(@Nullable String domain, @Nullable String organization, List<Known> people) {
    /** Keeps a copy. */
    Search {
      people = List.copyOf(people);
    }
  }

  /**
   * A person.
   *
   * @param confidence Hunter's own that the address is theirs, in percent
   */
  record Known(
      String email,
      String firstName,
      String lastName,
      @Nullable String title,
      int confidence,
      @Nullable String linkedinUrl,
      @Nullable String phone) {}

  /** What the verifier says of an address. */
  record Check(String status) {

    private static final String CLAIMED = "claimed";

    /** Whether the address's owner asked not to be processed. */
    boolean isClaimed() {
      return status.equals(CLAIMED);
    }
  }
}
