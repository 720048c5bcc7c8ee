package io.leadloom.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With the vector that the specification publishes. */
class StandardWebhooksTest {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final String AT = "1614265330";
  private static final byte[] BODY = bytes("{\"test\": 2432232314}");
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
  private static final Instant NOW = Instant.ofEpochSecond(1614265330);

  @Test
  void thePublishedVectorIsGenuine() {
    assertThat(verify(SECRET, ID, AT, SIGNATURE, BODY, NOW)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0, true", "300, true", "-300, true", "301, false", "-301, false", "86400, false"})
  void onlyFreshSignaturesCount(long secondsLater, boolean genuine) {
    assertThat(verify(SECRET, ID, AT, SIGNATURE, BODY, NOW.plusSeconds(secondsLater)))
        .isEqualTo(genuine);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v1,",
        "v1",
        "v1,AAAA",
        "v1,not base64 at all",
        "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE",
        "v1,g0hM9SsE-OTPJTGt_tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
      })
  void malformedSignaturesAreRefusals(String signature) {
    assertThat(verify(SECRET, ID, AT, signature, BODY, NOW)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "now", "-1614265330", "1614265330.0", "99999999999999999999"})
  void malformedTimestampsAreRefusals(String timestamp) {
    assertThat(verify(SECRET, ID, timestamp, SIGNATURE, BODY, NOW)).isFalse();
  }

  @Test
  void everyPartIsSigned() {
    assertThat(verify(SECRET, ID + "x", AT, SIGNATURE, BODY, NOW)).isFalse();
    assertThat(verify(SECRET, "", AT, SIGNATURE, BODY, NOW)).isFalse();
    assertThat(verify(SECRET, ID, "1614265331", SIGNATURE, BODY, NOW)).isFalse();
    assertThat(verify(SECRET, ID, AT, SIGNATURE, bytes("{\"test\":2432232314}"), NOW)).isFalse();
    var other = "whsec_" + Base64.getEncoder().encodeToString(bytes("another key of 24 bytes!"));
    assertThat(verify(other, ID, AT, SIGNATURE, BODY, NOW)).isFalse();
  }

  @Test
  void oldAndNewSecretBothCountDuringAnExchange() {
    var other = "whsec_" + Base64.getEncoder().encodeToString(bytes("another key of 24 bytes!"));
    assertThat(
            StandardWebhooks.verify(
                List.of(other, SECRET), ID, AT, "v1,AAAA " + SIGNATURE, BODY, NOW))
        .isTrue();
  }

  @Test
  void withoutASecretNothingIsGenuine() {
    assertThat(StandardWebhooks.verify(List.of(), ID, AT, SIGNATURE, BODY, NOW)).isFalse();
  }

  @Test
  void aMalformedSecretIsAMistakeOfOurs() {
    assertThatThrownBy(() -> verify("secret", ID, AT, SIGNATURE, BODY, NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static boolean verify(
      String secret, String id, String at, String signature, byte[] body, Instant now) {
    return StandardWebhooks.verify(List.of(secret), id, at, signature, body, now);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
