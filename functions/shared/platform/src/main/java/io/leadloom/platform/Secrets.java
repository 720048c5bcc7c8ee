package io.leadloom.platform;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.PermanentException;
import io.leadloom.model.fault.TransientException;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** Credentials from Secrets Manager, kept in memory for five minutes so that a rotation is seen. */
@Singleton
public final class Secrets {

  private static final Duration KEPT = Duration.ofMinutes(5);

  private final SecretsManagerClient client;
  private final Settings settings;
  private final Clock clock;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  Secrets(SecretsManagerClient client, Settings settings, Clock clock) {
    this.client = client;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Name of the secret that holds a tenant's credentials, a JSON object with a member per provider.
   */
  public static String nameFor(TenantId tenant) {
    return "leadloom/t/" + tenant.value() + "/providers";
  }

  /** A tenant's credentials for a provider, if it has any. */
  public Optional<JsonNode> credentials(TenantId tenant, String provider) {
    return text(nameFor(tenant))
        .map(text -> Json.tree(text.getBytes(StandardCharsets.UTF_8)).path(provider))
        .filter(node -> !node.isMissingNode());
  }

  /** A member of a tenant's credentials; {@link PermanentException} where it is not configured. */
  public String credential(TenantId tenant, String provider, String member) {
    return credentials(tenant, provider)
        .map(node -> node.path(member).asText())
        .filter(value -> !value.isEmpty())
        .orElseThrow(() ->
            new PermanentException(
                "credentials.missing",
                "Tenant '"
                    + tenant
                    + "' has no "
                    + provider
                    + "."
                    + member
                    + " in the secret "
                    + nameFor(tenant)));
  }

  /** The key that signs links to people. */
  public byte[] linkKey() {
    return key(settings.linkKeySecret());
  }

  /** The key from which the secrets of webhook endpoints follow. */
  public byte[] webhookKey() {
    return key(settings.webhookKeySecret());
  }

  private byte[] key(String name) {
    return text(name)
        .orElseThrow(() ->
            new PermanentException("credentials.missing", "The secret " + name + " does not exist"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private Optional<String> text(String name) {
    var now = clock.instant();
    var entry = kept.get(name);
    if (entry == null || !entry.until().isAfter(now)) {
      entry = new Kept(fetch(name), now.plus(KEPT));
      // What is absent is asked for again, so that a secret just made is found.
      if (entry.text().isPresent()) {
        kept.put(name, entry);
      }
    }
    return entry.text();
  }

  private Optional<String> fetch(String name) {
    try {
      return Optional.of(client.getSecretValue(b -> b.secretId(name)).secretString());
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw new TransientException("secrets.unreachable", "Secrets Manager does not answer", e);
    }
  }

  private record Kept(Optional<String> text, Instant until) {}
}
