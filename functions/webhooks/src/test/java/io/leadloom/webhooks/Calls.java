package io.leadloom.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.platform.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Webhook calls as API Gateway hands them over. */
final class Calls {

  private Calls() {}

  static JsonNode call(String provider, String tenant, Map<String, String> headers, String body) {
    return Json.mapper()
        .valueToTree(
            Map.of(
                "version",
                "2.0",
                "rawPath",
                "/webhooks/" + provider + "/" + tenant,
                "rawQueryString",
                "",
                "headers",
                headers,
                "pathParameters",
                Map.of("provider", provider, "tenantId", tenant),
                "requestContext",
                Map.of("http", Map.of("method", "POST")),
                "body",
                Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)),
                "isBase64Encoded",
                true));
  }

  /** The headers of Svix, with a signature computed here, independently of what is tested. */
  static Map<String, String> signed(String secret, String id, Instant at, String body) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(
              Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
      var signature =
          mac.doFinal(
              (id + "." + at.getEpochSecond() + "." + body).getBytes(StandardCharsets.UTF_8));
      var headers = new HashMap<String, String>();
      headers.put("Svix-Id", id);
      headers.put("Svix-Timestamp", Long.toString(at.getEpochSecond()));
      headers.put("Svix-Signature", "v1," + Base64.getEncoder().encodeToString(signature));
      return headers;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static Map<String, String> basic(String user, String password) {
    return Map.of(
        "Authorization",
        "Basic "
            + Base64.getEncoder()
                .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
  }
}
