package io.leadloom.packs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusesTest {

  private final Statuses statuses = new Packs().load("fire-safety").permits().statuses();

  @ParameterizedTest
  @CsvSource({
    "Issued, issued, GOOD",
    "PERMIT ISSUED, issued, GOOD",
    "Finished, completed, GOOD",
    "In-Progress, in progress, GOOD",
    "Inspection Scheduled, inspection scheduled, PROGRESS",
    "Plan Review, in review, PROGRESS",
    "Ready to Issue, ready, PROGRESS",
    "Inactive, inactive, BAD",
    "Not Active, inactive, BAD",
    "Denied, denied, BAD",
    "Cancelled, canceled, BAD",
    "Expired, expired, BAD",
    "4410 Foundry Rd, unknown, UNKNOWN",
    "123, unknown, UNKNOWN",
    "'', unknown, UNKNOWN"
  })
  void statusIsReadAsAWhole(String raw, String word, Statuses.Standing standing) {
    assertThat(statuses.normalise(raw)).isEqualTo(word);
    assertThat(statuses.standing(raw)).isEqualTo(standing);
  }

  @Test
  void dateOfIssueSpeaksWhereNoStatusDoes() {
    assertThat(statuses.of(new PermitFacts(Map.of(PermitField.ISSUED, "2026-01-05"))))
        .isEqualTo("issued");
    assertThat(
            statuses.of(
                new PermitFacts(
                    Map.of(PermitField.ISSUED, "2026-01-05", PermitField.STATUS, "Denied"))))
        .isEqualTo("denied");
    assertThat(statuses.of(new PermitFacts(Map.of()))).isEqualTo(Statuses.UNKNOWN);
  }
}
