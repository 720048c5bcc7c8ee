package io.leadloom.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.model.LeadId;
import io.leadloom.model.Reply;
import io.leadloom.model.ReplyId;
import io.leadloom.simulators.SimulatedLetters;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The rules understand the simulated prospects as these mean it, in every phrasing. */
class SimulatedPhrasingsTest {

  private static final Instant SENT = Instant.parse("2026-03-02T15:00:00Z");
  private static final LocalDate TODAY = LocalDate.parse("2026-03-02");

  private static final Map<String, Set<Reply.Intent>> MEANT =
      Map.of(
          "ASK_FOR_MEETING", EnumSet.of(Reply.Intent.MEETING_REQUEST),
          "SHOW_INTEREST", EnumSet.of(Reply.Intent.INTERESTED, Reply.Intent.QUESTION),
          "ASK", EnumSet.of(Reply.Intent.QUESTION),
          "OBJECT", EnumSet.of(Reply.Intent.OBJECTION),
          "DECLINE", EnumSet.of(Reply.Intent.NOT_INTERESTED),
          "OPT_OUT", EnumSet.of(Reply.Intent.UNSUBSCRIBE),
          "OUT_OF_OFFICE", EnumSet.of(Reply.Intent.OUT_OF_OFFICE),
          "ACKNOWLEDGE", EnumSet.of(Reply.Intent.AUTO_REPLY),
          "BOUNCE", EnumSet.of(Reply.Intent.BOUNCE));

  @TestFactory
  Stream<DynamicTest> everyPhrasingIsUnderstood() {
    return SimulatedLetters.all(SENT).stream()
        .distinct()
        .map(letter ->
            DynamicTest.dynamicTest(
                letter.act() + ": " + letter.text().lines().findFirst().orElse(""),
                () -> {
                  var verdict = ReplyRules.classify(reply(letter), TODAY);
                  assertThat(MEANT.get(letter.act()))
                      .as("%s in:%n%s", verdict.why(), letter.text())
                      .contains(verdict.intent());
                  if (verdict.intent() == Reply.Intent.OUT_OF_OFFICE) {
                    assertThat(verdict.returnsOn())
                        .as(letter.text())
                        .isBetween(TODAY.plusDays(3), TODAY.plusDays(6));
                  }
                }));
  }

  private static Reply reply(SimulatedLetters.Written letter) {
    return new Reply(
        ReplyId.of("reply-1"),
        LeadId.of("lead-1"),
        null,
        Reply.Kind.MESSAGE,
        letter.from(),
        letter.subject(),
        letter.text(),
        null,
        letter.headers(),
        SENT,
        null,
        null,
        null,
        null,
        0);
  }
}
