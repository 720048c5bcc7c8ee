package io.leadloom.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.model.LeadId;
import io.leadloom.model.Purpose;
import io.leadloom.model.TouchId;
import io.leadloom.packs.FrequencyCap;
import io.leadloom.platform.Touches.Contacted;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FrequencyCapsTest {

  private static final FrequencyCap CAP =
      new FrequencyCap(3, 14, Set.of(Purpose.ANSWER, Purpose.CONFIRMATION));
  private static final Instant NOW = Instant.parse("2026-03-20T15:00:00Z");
  private static final TouchId SELF = TouchId.of("touch-self");

  @Test
  void belowTheCapNothingWaits() {
    assertThat(earliest(message("a", 5), message("b", 2))).isEqualTo(NOW);
  }

  @Test
  void atTheCapTheOldestHasToFallOut() {
    assertThat(earliest(message("a", 9), message("b", 5), message("c", 2)))
        .isEqualTo(NOW.plusSeconds(5 * 86_400));
  }

  @Test
  void messagesOfOtherLeadsCountAsWell() {
    var elsewhere =
        new Contacted(
            LeadId.of("other"),
            TouchId.of("touch-x"),
            Purpose.FIRST_TOUCH,
            NOW.minusSeconds(86_400));
    assertThat(earliest(message("a", 9), message("b", 5), elsewhere)).isAfter(NOW);
  }

  @Test
  void oldAndExemptMessagesAndItselfDoNotCount() {
    assertThat(
            earliest(
                message("a", 14),
                message("b", 9),
                message("c", 5),
                message("self", 0),
                new Contacted(LeadId.of("lead"), TouchId.of("touch-d"), Purpose.ANSWER, NOW)))
        .isEqualTo(NOW);
  }

  private static Instant earliest(Contacted... messages) {
    return FrequencyCaps.earliest(CAP, List.of(messages), SELF, NOW);
  }

  private static Contacted message(String id, int daysAgo) {
    return new Contacted(
        LeadId.of("lead"),
        TouchId.of("touch-" + id),
        Purpose.FOLLOW_UP,
        NOW.minusSeconds(daysAgo * 86_400L));
  }
}
