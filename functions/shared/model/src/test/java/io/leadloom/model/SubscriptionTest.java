package io.leadloom.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.model.Subscription.Standing;
import io.leadloom.model.Subscription.Status;
import io.leadloom.model.fault.InvalidInputException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What tenants subscribe to. */
class SubscriptionTest {

  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

  @Test
  void biggerPlansHoldMore() {
    assertThat(Plan.all().stream().map(Plan::id))
        .containsExactly("ignition", "velocity", "dominance");
    assertThat(Plan.all().stream().map(Plan::monthlyLeads)).containsExactly(1_250, 2_250, 4_500);
    assertThat(Plan.all().stream().map(Plan::campaigns)).containsExactly(5, 10, 20);
    assertThat(Plan.all().stream().map(Plan::seats)).isSorted();
    assertThatThrownBy(() -> Plan.of("platinum"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("velocity");
  }

  @Test
  void aSubscriptionThatEndsIsGoodUntilThen() {
    var ending = Subscription.to(Plan.smallest()).endingAt(NOW);
    assertThat(ending.standing(NOW.minusSeconds(1))).isEqualTo(Standing.GOOD);
    assertThat(ending.standing(NOW)).isEqualTo(Standing.ENDED);
    assertThat(ending.endingAt(null).standing(NOW)).isEqualTo(Standing.GOOD);
  }

  @Test
  void aMissingPaymentHoldsTheWork() {
    var due = Subscription.to(Plan.smallest()).as(Status.PAST_DUE);
    assertThat(due.standing(NOW)).isEqualTo(Standing.HELD);
    assertThat(due.endingAt(NOW).standing(NOW)).isEqualTo(Standing.ENDED);
    assertThat(due.as(Status.TRIALING).standing(NOW)).isEqualTo(Standing.GOOD);
  }

  @Test
  void aSmallerPlanStillFindsWhatLiesInTheShardsOfTheBiggerOne() {
    var once = Subscription.to(Plan.of("dominance"));
    assertThat(once.changedTo(Plan.of("ignition")).indexShards()).isEqualTo(once.indexShards());
  }
}
