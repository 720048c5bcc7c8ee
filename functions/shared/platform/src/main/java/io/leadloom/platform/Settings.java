package io.leadloom.platform;

import io.leadloom.model.fault.PermanentException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What the template tells the functions, read from the variables of its {@code Globals}. A variable
 * is only asked for by the code that needs it, so a function without a permission needs no variable
 * either.
 */
public final class Settings {

  private final Map<String, String> variables;

  /** The settings in these environment variables. */
  public Settings(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** Name of the one table. */
  public String table() {
    return required("TABLE_NAME");
  }

  /** Address at which people and providers reach the HTTP API, without a trailing slash. */
  public URI publicUrl() {
    return URI.create(required("PUBLIC_URL"));
  }

  /** ARN of the state machine {@code lead-lifecycle}. */
  public String lifecycleArn() {
    return required("LIFECYCLE_ARN");
  }

  /** ARN of the state machine {@code source-scan}. */
  public String sourceScanArn() {
    return required("SOURCE_SCAN_ARN");
  }

  /** The set of SES by which messages are sent, and which has their events told to the bus. */
  public Optional<String> mailConfigurationSet() {
    return optional("MAIL_CONFIGURATION_SET");
  }

  /** Queue of the verified webhooks. */
  public String webhookQueueUrl() {
    return required("WEBHOOK_QUEUE_URL");
  }

  /** Id of the secret whose text signs links to people. */
  public String linkKeySecret() {
    return required("LINK_KEY_SECRET");
  }

  /** Address of the identity provider whose tokens count, as their {@code iss} names it. */
  public URI tokenIssuer() {
    return URI.create(required("TOKEN_ISSUER"));
  }

  /** Id of the app client at the identity provider for which tokens must be made. */
  public String tokenClient() {
    return required("TOKEN_CLIENT");
  }

  /**
   * ARN of the role whose credentials are narrowed to a tenant; absent where nothing would check
   * them.
   */
  public Optional<String> tenantRole() {
    return optional("TENANT_ROLE_ARN");
  }

  /** Where all providers are reached instead of at their own addresses: simulators, or a proxy. */
  public Optional<URI> providerOverride() {
    return optional("PROVIDER_OVERRIDE_URL").map(URI::create);
  }

  /**
   * Which model writes drafts: {@code bedrock}, {@code anthropic}, {@code openai}; absent:
   * templates.
   */
  public Optional<String> draftingModel() {
    return optional("DRAFTING_MODEL");
  }

  /** Id of that model at its provider; asked for only where a model writes drafts. */
  public String draftingModelId() {
    return required("DRAFTING_MODEL_ID");
  }

  /** Queue of the imports' parts. */
  public String importQueueUrl() {
    return required("IMPORT_QUEUE_URL");
  }

  /** ARN of the state machine {@code webhook-delivery}. */
  public String webhookDeliveryArn() {
    return required("WEBHOOK_DELIVERY_ARN");
  }

  /** Id of the secret from whose text the secrets of webhook endpoints follow. */
  public String webhookKeySecret() {
    return required("WEBHOOK_KEY_SECRET");
  }

  /** Whether tenants' webhooks may also go to this machine itself, over plain HTTP. */
  public boolean webhooksToThisMachine() {
    return optional("WEBHOOK_TARGETS").filter("local"::equals).isPresent();
  }

  /** How many requests a tenant may send to the API in a minute. */
  public int requestsPerMinute() {
    return optional("API_REQUESTS_PER_MINUTE").map(Integer::parseInt).orElse(1_200);
  }

  /** How long after one lead of a tenant the next one may begin its life. */
  public Duration betweenLeads() {
    return optional("MILLIS_BETWEEN_LEADS")
        .map(Long::parseLong)
        .map(Duration::ofMillis)
        .orElse(Duration.ofMillis(200));
  }

  private Optional<String> optional(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  private String required(String name) {
    return optional(name)
        .orElseThrow(() ->
            new PermanentException(
                "settings.missing",
                "The environment variable "
                    + name
                    + " is not set; template.yaml sets it in Globals"));
  }
}
