package io.leadloom.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.Ids;
import io.leadloom.model.TenantId;
import io.leadloom.platform.HttpRequest;
import io.leadloom.platform.Json;
import io.leadloom.platform.Secrets;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Postmark's inbound webhook. It is not signed: user and password stand in the URL we gave it. */
@Singleton
final class PostmarkWebhooks implements WebhookSource {

  private final Secrets secrets;

  PostmarkWebhooks(Secrets secrets) {
    this.secrets = secrets;
  }

  @Override
  public String provider() {
    return "postmark";
  }

  @Override
  public Optional<Told> verify(TenantId tenant, HttpRequest request) {
    var genuine =
        secrets.credentials(tenant, provider()).filter(known -> isGenuine(known, request));
    if (genuine.isEmpty()) {
      return Optional.empty();
    }
    var body = Json.tree(request.body());
    var record = body.path("RecordType").asText("Inbound");
    var messageId = body.path("MessageID").asText();
    var id =
        messageId.isEmpty()
            ? Ids.hash(new String(request.body(), StandardCharsets.UTF_8))
            : record + "/" + messageId;
    return Optional.of(new Told(id, Json.write(InboundMail.of(body)), true));
  }

  private static boolean isGenuine(JsonNode credentials, HttpRequest request) {
    var user = credentials.path("user").asText();
    var password = credentials.path("password").asText();
    return !user.isBlank()
        && !password.isBlank()
        && BasicAuth.verify(request.header("authorization").orElse(""), user, password);
  }
}
