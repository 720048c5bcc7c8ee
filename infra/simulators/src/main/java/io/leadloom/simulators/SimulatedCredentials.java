package io.leadloom.simulators;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The made-up credentials that every simulator accepts for a tenant. They are derived from the
 * tenant's id, so that nobody has to hand them over, and hold the id, so that a simulator knows
 * whose account a key opens. They open nothing in the real world.
 */
public record SimulatedCredentials(
    ApiKey apollo, ApiKey hunter, Resend resend, Postmark postmark, ServiceTitan servicetitan) {

  private static final String TENANT = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

  /** A provider that asks for one key. */
  public record ApiKey(String apiKey) {}

  /**
   * Resend: the key for sending and the secret its webhooks are signed with.
   *
   * @param webhookSecret {@code whsec_} and the key in base64
   */
  public record Resend(String apiKey, String webhookSecret) {}

  /** Postmark: the user and password its inbound webhook brings along (HTTP Basic). */
  public record Postmark(String user, String password) {}

  /**
   * ServiceTitan.
   *
   * @param tenant the number of the account at ServiceTitan, which is not our tenant's id
   * @param bookingProvider the number of our booking provider in that account
   */
  public record ServiceTitan(
      String clientId, String clientSecret, String appKey, String tenant, String bookingProvider) {}

  /**
   * The credentials of a tenant.
   *
   * @throws IllegalArgumentException if the id has other characters than letters, digits, dot, dash
   *     and underscore
   */
  public static SimulatedCredentials of(String tenant) {
    if (!isTenant(tenant)) {
      throw new IllegalArgumentException(
          "a tenant id has letters, digits, dots, dashes and underscores only, but this is "
              + tenant);
    }
    return new SimulatedCredentials(
        new ApiKey(key("apollo", tenant)),
        new ApiKey(key("hunter", tenant)),
        new Resend(
            key("re", tenant),
            "whsec_"
                + Base64.getEncoder().encodeToString(bytes(hex("resend-webhook", tenant, 32)))),
        new Postmark("postmark-" + tenant, hex("postmark", tenant, 24)),
        new ServiceTitan(
            key("cid", tenant),
            "cs1_" + hex("servicetitan-secret", tenant, 32),
            key("ak1", tenant),
            number("servicetitan-tenant", tenant),
            number("servicetitan-provider", tenant)));
  }

  /** The key that the Anthropic simulator accepts; not part of {@link #toJson()}. */
  public static ApiKey anthropic(String tenant) {
    return new ApiKey(key("sk-ant", tenant));
  }

  /** The key that the OpenAI simulator accepts; not part of {@link #toJson()}. */
  public static ApiKey openai(String tenant) {
    return new ApiKey(key("sk", tenant));
  }

  /**
   * The credentials as the product stores them for a tenant. The model providers are left out: a
   * tenant without their keys has its drafts written from templates.
   */
  public String toJson() {
    return Json.text(this);
  }

  /** As {@link #toJson()}, with the keys of the model providers for the same tenant. */
  public static String toJsonWithModels(String tenant) {
    ObjectNode all = Json.MAPPER.valueToTree(of(tenant));
    all.putPOJO("anthropic", anthropic(tenant));
    all.putPOJO("openai", openai(tenant));
    return Json.text(all);
  }

  /** Whether a tenant can have this id. */
  static boolean isTenant(String id) {
    return id.matches(TENANT);
  }

  /** The tenant whose key this is: {@code <kind>_<tenant>_<digest>}; empty for a wrong key. */
  static Optional<String> tenantOf(String kind, String apiKey) {
    var end = apiKey.lastIndexOf('_');
    if (!apiKey.startsWith(kind + "_") || end <= kind.length()) {
      return Optional.empty();
    }
    var tenant = apiKey.substring(kind.length() + 1, end);
    return isTenant(tenant) && key(kind, tenant).equals(apiKey)
        ? Optional.of(tenant)
        : Optional.empty();
  }

  private static String key(String kind, String tenant) {
    return kind + "_" + tenant + "_" + hex(kind, tenant, 24);
  }

  private static String hex(String purpose, String tenant, int digits) {
    return Dice.of(0, "credentials", purpose, tenant).hex(digits);
  }

  private static String number(String purpose, String tenant) {
    return Long.toString(
        Dice.of(0, "credentials", purpose, tenant).between(100_000_000L, 999_999_999L));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
