package io.leadloom.outreach;

import io.leadloom.model.TenantId;
import io.leadloom.model.fault.PermanentException;
import io.leadloom.model.fault.TransientException;
import io.leadloom.platform.ProviderHttp;
import io.leadloom.platform.Providers;
import io.leadloom.platform.Secrets;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Resend: {@code POST /emails} with an {@code Idempotency-Key}, which it keeps for 24 hours. */
@Singleton
final class ResendMailer implements Mailer {

  private final ProviderHttp http;
  private final Providers providers;
  private final Secrets secrets;

  ResendMailer(ProviderHttp http, Providers providers, Secrets secrets) {
    this.http = http;
    this.providers = providers;
    this.secrets = secrets;
  }

  @Override
  public String name() {
    return "resend";
  }

  @Override
  public String costUnit() {
    return "resend.email";
  }

  @Override
  public Duration recognisesFor() {
    return Duration.ofHours(24);
  }

  @Override
  public Handover send(TenantId tenant, Mail mail) {
    var answer =
        http.send(
            ProviderHttp.Call.post(
                name(),
                URI.create(providers.base(name()) + "/emails"),
                Map.of(
                    "authorization",
                    "Bearer " + secrets.credential(tenant, name(), "apiKey"),
                    "idempotency-key",
                    mail.key()),
                body(mail),
                true));
    if (answer.ok()) {
      var id = answer.json().path("id").asText();
      return id.isEmpty() ? new Handover.Unknown("resend.no-id") : new Handover.Accepted(id);
    }
    var error = answer.json().path("name").asText("status-" + answer.status());
    return switch (error) {
      // Another message went out under this key, so this one must not.
      case "invalid_idempotent_request" -> new Handover.Unknown("resend." + error);
      case "concurrent_idempotent_requests" ->
          throw new TransientException(
              "provider.busy", "resend is still working on the same message");
      case "missing_api_key", "invalid_api_key", "restricted_api_key" ->
          throw new PermanentException(
              "credentials.refused",
              "resend refuses the key of tenant '" + tenant + "' with " + error);
      default -> new Handover.Refused("resend." + error);
    };
  }

  private static Map<String, Object> body(Mail mail) {
    var body = new LinkedHashMap<String, Object>();
    body.put("from", mail.from());
    body.put("to", List.of(mail.to()));
    body.put("reply_to", mail.replyTo());
    body.put("subject", mail.subject());
    body.put("text", mail.text());
    body.put("headers", mail.headers());
    body.put(
        "tags",
        mail.tags().entrySet().stream()
            .map(tag -> Map.of("name", tag.getKey(), "value", tag.getValue()))
            .toList());
    return body;
  }
}
