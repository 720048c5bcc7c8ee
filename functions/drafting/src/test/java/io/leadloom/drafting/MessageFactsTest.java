package io.leadloom.drafting;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.packs.TemplateKind;
import org.junit.jupiter.api.Test;

class MessageFactsTest {

  private static final MessageFacts FACTS = Briefs.brief(TemplateKind.FIRST_TOUCH).facts();

  @Test
  void offeredTimesLieBeyondTheLongestWaitForApproval() {
    // It is Monday; a draft may wait three days for approval and a meeting needs a day's notice.
    assertThat(FACTS.value("meeting.windows"))
        .contains("Monday, March 9 at 10:00 AM (CT) or Tuesday, March 10 at 2:00 PM (CT)");
    assertThat(FACTS.value("meeting.offered"))
        .contains("2026-03-09T15:00:00Z 2026-03-10T19:00:00Z");
  }

  @Test
  void whatIsNotKnownHasNoEntry() {
    assertThat(FACTS.value("meeting.time")).isEmpty();
    assertThat(FACTS.value("reply.question")).isEmpty();
    assertThat(FACTS.values().values()).noneMatch(String::isBlank);
  }

  @Test
  void anAddressIsNamedByItsStreet() {
    assertThat(FACTS.value("permit.address")).contains("12 Alder Way");
  }
}
