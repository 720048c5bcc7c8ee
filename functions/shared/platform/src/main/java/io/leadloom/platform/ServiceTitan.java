package io.leadloom.platform;

import io.leadloom.model.TenantId;
import io.leadloom.model.fault.PermanentException;
import io.leadloom.platform.ProviderHttp.Answer;
import io.leadloom.platform.ProviderHttp.Call;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A tenant's way into ServiceTitan (API v2): an access token by OAuth client credentials, kept for
 * fourteen of its fifteen minutes, since the token endpoint is throttled, and the headers of every
 * call. What is called is the features' business.
 */
@Singleton
public final class ServiceTitan {

  private static final String PROVIDER = "servicetitan";
  private static final String AUTH = "servicetitan-auth";
  private static final Duration KEPT = Duration.ofMinutes(14);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final ProviderHttp http;
  private final Providers providers;
  private final Secrets secrets;
  private final Clock clock;
  private final Map<TenantId, Token> tokens = new ConcurrentHashMap<>();

  ServiceTitan(ProviderHttp http, Providers providers, Secrets secrets, Clock clock) {
    this.http = http;
    this.providers = providers;
    this.secrets = secrets;
    this.clock = clock;
  }

  /**
   * What a call needs.
   *
   * @param base address of the API, without a trailing slash
   * @param account number of the tenant's account, part of each path
   * @param bookingProvider number of our booking provider in that account
   * @param headers that let the call in
   */
  public record Access(
      URI base, String account, String bookingProvider, Map<String, String> headers) {

    /** The address of a module's resource in the tenant's account. */
    public URI resource(String module, String path) {
      return URI.create(base + "/" + module + "/v2/tenant/" + account + "/" + path);
    }
  }

  /**
   * Makes a call. Where the token is refused before its time, nothing has happened, so that the
   * call is made once more with a new one.
   *
   * @throws PermanentException where the tenant has no credentials or they are refused
   * @see ProviderHttp#send
   */
  public Answer send(TenantId tenant, Function<Access, Call> call) {
    var token = token(tenant);
    var answer = http.send(call.apply(access(tenant, token)));
    if (answer.status() != 401) {
      return answer;
    }
    tokens.remove(tenant, token);
    return http.send(call.apply(access(tenant, token(tenant))));
  }

  private Access access(TenantId tenant, Token token) {
    return new Access(
        providers.base(PROVIDER),
        secrets.credential(tenant, PROVIDER, "tenant"),
        secrets.credential(tenant, PROVIDER, "bookingProvider"),
        Map.of(
            "authorization",
            "Bearer " + token.text(),
            "st-app-key",
            secrets.credential(tenant, PROVIDER, "appKey")));
  }

  private Token token(TenantId tenant) {
    return tokens.compute(
        tenant,
        (_, kept) ->
            kept != null && clock.instant().isBefore(kept.until()) ? kept : fetched(tenant));
  }

  private Token fetched(TenantId tenant) {
    var now = clock.instant();
    var form =
        "grant_type=client_credentials&client_id="
            + encoded(secrets.credential(tenant, PROVIDER, "clientId"))
            + "&client_secret="
            + encoded(secrets.credential(tenant, PROVIDER, "clientSecret"));
    var answer =
        http.send(
            new Call(
                AUTH,
                "POST",
                URI.create(providers.base(AUTH) + "/connect/token"),
                Map.of("content-type", "application/x-www-form-urlencoded"),
                form.getBytes(StandardCharsets.UTF_8),
                true,
                TIMEOUT));
    var text = answer.json().path("access_token").asText();
    if (!answer.ok() || text.isEmpty()) {
      throw new PermanentException(
          "servicetitan.refused",
          "ServiceTitan answered "
              + answer.status()
              + " to the credentials of tenant '"
              + tenant
              + "'; check servicetitan in the secret "
              + Secrets.nameFor(tenant));
    }
    return new Token(text, now.plus(KEPT));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private record Token(String text, Instant until) {}
}
