package io.leadloom.drafting;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.drafting.MessageWriter.Result;
import io.leadloom.model.Draft;
import io.leadloom.model.DraftId;
import io.leadloom.model.LeadId;
import io.leadloom.model.Purpose;
import io.leadloom.packs.QuestionKind;
import io.leadloom.packs.TemplateKind;
import io.leadloom.testkit.Samples;
import io.leadloom.testkit.TestClock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateWriterTest extends MessageWriterSuite {

  @Override
  MessageWriter writer() {
    return new TemplateWriter();
  }

  @Test
  void leadsAreSpreadOverTheVariants() {
    var authors = new HashSet<String>();
    for (var i = 0; i < 40; i++) {
      authors.add(
          written(of(LeadId.of("lead-" + i), Briefs.brief(TemplateKind.FIRST_TOUCH))).author());
    }
    assertThat(authors)
        .containsExactlyInAnyOrder(
            "template:first-rule", "template:first-case", "template:first-plain");
  }

  @Test
  void aVariantThatLacksAFactGivesWay() {
    for (var i = 0; i < 10; i++) {
      var brief = Briefs.brief(TemplateKind.FIRST_TOUCH, null, null, List.of(), null, null);
      assertThat(written(of(LeadId.of("lead-" + i), brief)).author())
          .isEqualTo("template:first-plain");
    }
  }

  @Test
  void withoutAFactThatAllVariantsNeedThereIsNoMessage() {
    var brief = without("contact.firstName", Briefs.brief(TemplateKind.FIRST_TOUCH));
    var result = writer().write(brief, Briefs.check(brief));
    assertThat(result).isInstanceOf(Result.Refused.class);
    assertThat(((Result.Refused) result).problems().getFirst().code())
        .isEqualTo("draft.fact-missing");
  }

  @ParameterizedTest
  @CsvSource({
    "How much does it cost?,                         PRICE,          template:answer-price",
    "We already have a contractor for that.,         HAVE_VENDOR,    template:answer-vendor",
    "Not right now.,                                 NOT_NOW,        template:answer-not-now",
    "Send me more information please.,               SEND_INFO,      template:answer-info",
    "Are you licensed?,                              CREDENTIALS,    template:answer-credentials",
    "Where did you get my address?,                  SOURCE_OF_DATA, template:answer-source",
    "I am not the right person.,                     WRONG_PERSON,   template:answer-person",
    "Does the moon matter?,                          GENERAL,        template:answer-general"
  })
  void anAnswerFitsTheQuestion(String question, QuestionKind kind, String author) {
    var brief = Briefs.answering(question);
    assertThat(brief.question()).isEqualTo(kind);
    assertThat(written(brief).author()).isEqualTo(author);
  }

  @Test
  void theSameQuestionAgainGetsAnotherAnswer() {
    var first = draft(written(Briefs.answering("What would it cost?")));
    var again =
        Briefs.brief(
            TemplateKind.ANSWER, null, "Yes, but what would it cost?", List.of(first), null, null);
    assertThat(written(again).author()).isEqualTo("template:answer-general");
  }

  @Test
  void aRevisionIsAnotherVariantAndShorterWhereThatIsAskedFor() {
    var first = written(Briefs.brief(TemplateKind.FIRST_TOUCH));
    var draft = draft(first);
    var revision =
        written(
            Briefs.brief(
                TemplateKind.FIRST_TOUCH,
                Briefs.research(),
                null,
                List.of(draft),
                draft,
                "Shorter, please"));
    assertThat(revision.author()).isNotEqualTo(first.author());
    var templates = Briefs.PACK.drafting().templates(TemplateKind.FIRST_TOUCH);
    var shortest =
        templates.stream()
            .filter(template -> !first.author().endsWith(template.id()))
            .min(Comparator.comparing(template -> template.body().length()))
            .orElseThrow();
    assertThat(revision.author()).isEqualTo("template:" + shortest.id());
  }

  @Test
  void aRecordInCapitalsDoesNotShout() {
    assertThat(PlainText.calm("COMM NEW BUILDING PERMIT")).isEqualTo("Comm New Building Permit");
    assertThat(PlainText.calm("1200 N MAIN ST")).isEqualTo("1200 N Main ST");
    assertThat(PlainText.calm("MacArthur LLC")).isEqualTo("MacArthur LLC");
  }

  @Test
  void aQuotedQuestionCarriesNeitherLinksNorLineBreaks() {
    assertThat(PlainText.question("Hello.\nIs it\nsafe, see http://evil.example/x? Bye"))
        .isEqualTo("Is it safe, see?");
    assertThat(PlainText.question("...")).isEmpty();
  }

  private static Draft draft(Result.Written written) {
    return new Draft(
        DraftId.of("draft-1"),
        Samples.lead().id(),
        Purpose.FIRST_TOUCH,
        1,
        written.subject(),
        written.text(),
        written.author(),
        List.of(),
        null,
        null,
        null,
        "hash",
        TestClock.START);
  }

  private static Brief without(String fact, Brief brief) {
    var values = new HashMap<>(brief.facts().values());
    values.remove(fact);
    return copy(brief.lead(), brief, new MessageFacts(values));
  }

  private static Brief of(LeadId lead, Brief brief) {
    return copy(lead, brief, brief.facts());
  }

  private static Brief copy(LeadId lead, Brief brief, MessageFacts facts) {
    return new Brief(
        brief.tenant(),
        lead,
        brief.kind(),
        facts,
        brief.rules(),
        brief.thread(),
        brief.question(),
        brief.replyText(),
        brief.earlier(),
        brief.revises(),
        Optional.empty());
  }
}
