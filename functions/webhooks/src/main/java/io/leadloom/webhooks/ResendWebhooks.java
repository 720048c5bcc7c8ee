package io.leadloom.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.model.fault.PermanentException;
import io.leadloom.platform.HttpRequest;
import io.leadloom.platform.Json;
import io.leadloom.platform.Secrets;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Resend's webhooks: Standard Webhooks under the header names of Svix. */
@Singleton
final class ResendWebhooks implements WebhookSource {

  /** An item of the table holds 400 kB; Resend's events are some 20. */
  private static final int MAX_BODY = 300_000;

  private final Secrets secrets;
  private final Clock clock;

  ResendWebhooks(Secrets secrets, Clock clock) {
    this.secrets = secrets;
    this.clock = clock;
  }

  @Override
  public String provider() {
    return "resend";
  }

  @Override
  public Optional<Told> verify(TenantId tenant, HttpRequest request) {
    var id = request.header("svix-id").orElse("");
    var keys =
        secrets
            .credentials(tenant, provider())
            .map(credentials -> texts(credentials.path("webhookSecret")))
            .orElse(List.of());
    if (!isGenuine(tenant, keys, id, request)) {
      return Optional.empty();
    }
    var body = Json.tree(request.body());
    if (request.body().length > MAX_BODY || !body.path("type").isTextual()) {
      throw new InvalidInputException(
          "webhook.unreadable", "A webhook of resend needs a type and at most 300 kB");
    }
    return Optional.of(
        new Told(
            id,
            new String(request.body(), StandardCharsets.UTF_8),
            ResendEvent.of(body.path("type").asText()).isPresent()));
  }

  private boolean isGenuine(TenantId tenant, List<String> keys, String id, HttpRequest request) {
    try {
      return StandardWebhooks.verify(
          keys,
          id,
          request.header("svix-timestamp").orElse(""),
          request.header("svix-signature").orElse(""),
          request.body(),
          clock.instant());
    } catch (IllegalArgumentException e) {
      throw new PermanentException(
          "credentials.malformed",
          "resend.webhookSecret of tenant '" + tenant + "' is not whsec_ and base64",
          e);
    }
  }

  /** One secret, or several while it is exchanged. */
  private static List<String> texts(JsonNode secret) {
    var texts = new ArrayList<String>();
    if (secret.isTextual() && !secret.asText().isBlank()) {
      texts.add(secret.asText());
    }
    secret.forEach(each -> texts.add(each.asText()));
    return List.copyOf(texts);
  }
}
