package io.leadloom.simulators;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature of <a href="https://www.standardwebhooks.com/">Standard Webhooks</a> 1.0.0. */
final class StandardWebhooks {

  private static final String PREFIX = "whsec_";

  private StandardWebhooks() {}

  /**
   * Signs a webhook.
   *
   * @param secret {@code whsec_} and the key in base64
   * @param epochSeconds the time of this attempt
   */
  static String sign(String secret, String id, long epochSeconds, byte[] body) {
    try {
      var key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update((id + "." + epochSeconds + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
