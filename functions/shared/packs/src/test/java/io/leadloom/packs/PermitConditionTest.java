package io.leadloom.packs;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermitConditionTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

  @ParameterizedTest
  @CsvSource({"50000, true", "50000.00, true", "49999.99, false", "'', false"})
  void undeclaredValueDoesNotReachTheLeast(String valuation, boolean holds) {
    PermitCondition condition = condition(Optional.of(new BigDecimal("50000")), Optional.empty());
    assertThat(condition.holds(new PermitFacts(Map.of(PermitField.VALUATION, valuation)), TODAY))
        .isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource({"2026-02-20, true", "2026-02-19, false", "'', false"})
  void undatedPermitIsNotRecent(String issued, boolean holds) {
    PermitCondition condition = condition(Optional.empty(), Optional.of(10));
    assertThat(condition.holds(new PermitFacts(Map.of(PermitField.ISSUED, issued)), TODAY))
        .isEqualTo(holds);
  }

  @Test
  void conditionThatAsksForNothingIsKnown() {
    assertThat(condition(Optional.empty(), Optional.empty()).isEmpty()).isTrue();
    assertThat(condition(Optional.empty(), Optional.of(1)).isEmpty()).isFalse();
  }

  private static PermitCondition condition(
      Optional<BigDecimal> minValuation, Optional<Integer> issuedWithinDays) {
    return new PermitCondition(
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        minValuation,
        issuedWithinDays);
  }
}
