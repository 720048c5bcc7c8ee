package io.leadloom.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {

  @Test
  void theSameSeedStrikesTheSameRequests() {
    assertThat(strikes("dynamodb:throttle=0.3,seed=7"))
        .isEqualTo(strikes("dynamodb:throttle=0.3,seed=7"))
        .isNotEqualTo(strikes("dynamodb:throttle=0.3,seed=8"));
  }

  @Test
  void rateIsHeld() {
    var hits = strikes("dynamodb:throttle=0.1").stream().filter(hit -> hit).count();
    assertThat(hits).isBetween(70L, 130L);
    assertThat(strikes("")).doesNotContain(true);
    assertThat(strikes("dynamodb:throttle=1")).doesNotContain(false);
  }

  private static List<Boolean> strikes(String plan) {
    var faults = new Faults();
    faults.plan(plan);
    var strikes = new ArrayList<Boolean>();
    for (var i = 0; i < 1000; i++) {
      strikes.add(faults.strikes("dynamodb", "", FaultRule.Kind.THROTTLE));
    }
    return strikes;
  }

  @Test
  void oneFunctionCanBeMeant() {
    var faults = new Faults();
    faults.plan("lambda.Send:fail=1, lambda:reorder=1");
    assertThat(faults.strikes("lambda", "Send", FaultRule.Kind.FAIL)).isTrue();
    assertThat(faults.strikes("lambda", "Draft", FaultRule.Kind.FAIL)).isFalse();
    assertThat(faults.lateness("lambda", "Draft"))
        .isBetween(Duration.ofMillis(1), Duration.ofSeconds(10));
    assertThat(faults.lateness("sqs", "")).isZero();
  }

  @Test
  void refusalsHaveTheNamesOfTheServices() {
    var faults = new Faults();
    faults.plan("dynamodb:throttle=1,sqs:fail=1");
    assertThatThrownBy(() -> faults.before("dynamodb"))
        .isInstanceOfSatisfying(
            AwsException.class,
            e -> assertThat(e.type()).isEqualTo("ProvisionedThroughputExceededException"));
    assertThatThrownBy(() -> faults.around("sqs", () -> "never"))
        .isInstanceOfSatisfying(
            AwsException.class,
            e -> {
              assertThat(e.type()).isEqualTo("ServiceUnavailable");
              assertThat(e.status()).isEqualTo(500);
            });
  }

  @Test
  void lostAnswerComesAfterTheWork() {
    var faults = new Faults();
    faults.plan("states:lose=1");
    var done = new ArrayList<String>();
    assertThatThrownBy(() -> faults.around("states", () -> done.add("done")))
        .isInstanceOf(AwsException.class);
    assertThat(done).containsExactly("done");
    assertThat(faults.describe().path("struck").path("states:lose=1.0").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense | write service:kind=rate",
        "mars:fail=0.1 | none of [dynamodb",
        "dynamodb:duplicate=0.1 | cannot duplicate",
        "sqs.Orders:fail=0.1 | only lambda has functions",
        "sqs:fail=1.5 | no rate between 0 and 1",
        "seed=x | no whole number",
      })
  void whatTheStackCannotDoIsRefused(String plan, String why) {
    assertThatThrownBy(() -> new Faults().plan(plan))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
