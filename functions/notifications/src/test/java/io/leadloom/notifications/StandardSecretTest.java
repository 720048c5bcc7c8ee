package io.leadloom.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against the library that Standard Webhooks gives to receivers, and its published example. */
class StandardSecretTest {

  private static final StandardSecret NEW =
      new StandardSecret("a key of exactly thirty-two byte".getBytes(StandardCharsets.UTF_8));
  private static final StandardSecret OLD =
      new StandardSecret("another key of thirty-two bytes.".getBytes(StandardCharsets.UTF_8));

  /** The library compares it with the clock on the wall. */
  private final Instant now = Instant.now();

  @Test
  void thePublishedExampleIsSignedAlike() {
    var secret = new StandardSecret(Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    assertThat(secret.text()).isEqualTo("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    assertThat(
            StandardSecret.sign(
                List.of(secret),
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                Instant.ofEpochSecond(1614265330),
                bytes("{\"test\": 2432232314}")))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void receiversVerifyWithEitherSecretWhileOneIsExchanged() {
    var signature = StandardSecret.sign(List.of(NEW, OLD), "event-1", now, bytes("{\"é\":1}"));
    assertThat(signature.split(" ")).hasSize(2);
    for (var secret : List.of(NEW, OLD)) {
      assertThatCode(() -> verify(secret, "{\"é\":1}", signature)).doesNotThrowAnyException();
    }
  }

  @Test
  void receiversRefuseWhatWasChangedOnItsWay() {
    var signature = StandardSecret.sign(List.of(NEW), "event-1", now, bytes("{\"é\":1}"));
    assertThatThrownBy(() -> verify(NEW, "{\"é\":2}", signature))
        .isInstanceOf(WebhookVerificationException.class);
    assertThatThrownBy(() -> verify(OLD, "{\"é\":1}", signature))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void aSecretDoesNotShowInLogs() {
    assertThat(NEW.toString()).isEqualTo("whsec_…");
  }

  private void verify(StandardSecret secret, String body, String signature)
      throws WebhookVerificationException {
    Map<String, List<String>> headers =
        Map.of(
            "webhook-id", List.of("event-1"),
            "webhook-timestamp", List.of(Long.toString(now.getEpochSecond())),
            "webhook-signature", List.of(signature));
    new Webhook(secret.text()).verify(body, headers);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
