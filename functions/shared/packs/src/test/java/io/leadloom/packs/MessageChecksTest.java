package io.leadloom.packs;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.model.Tenant;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageChecksTest {

  private static final DraftingRules RULES = new Packs().load("fire-safety").drafting();
  private static final URI OPT_OUT = URI.create("https://app.leadloom.example/unsubscribe/abc.def");
  private static final Tenant.Sender SENDER =
      new Tenant.Sender(
          "resend",
          "Dana Reyes",
          "Acme Fire Safety",
          "dana@acme-fire.example",
          "acme-fire.example",
          "reply.acme-fire.example",
          "100 Sample Street, Austin, TX 78701");
  private static final Map<String, String> FACTS =
      Map.of(
          "contact.firstName", "Morgan",
          "company.name", "Brightwater Builders",
          "permit.type", "Fire Alarm Permit",
          "permit.address", "12 Alder Way",
          "rule.citation", "IFC §907.7",
          "meeting.windows", "Tuesday, March 10 at 10:00 AM (CT)");
  private static final String GOOD =
      """
      Hi Morgan,

      a short addition to my note about the Fire Alarm Permit at 12 Alder Way. The point worth checking early is \
      IFC §907.7, because the papers for it are asked for on the day of the inspection and not before.

      If a second pair of eyes helps, I am free Tuesday, March 10 at 10:00 AM (CT). Brightwater Builders can \
      keep the list in any case.
      """;

  @Test
  void aGoodMessageHasNoProblems() {
    assertThat(machine(GOOD)).isEmpty();
    assertThat(MessageChecks.ofPerson(message("Re: one question", body(GOOD)), RULES)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          We saved others 37 % of the cost.                   | draft.invented-figure
          It costs $15 a month.                               | draft.invented-figure
          We have done thirty of these.                       | draft.invented-figure
          The fine is $2,500.                                 | draft.invented-figure
          NFPA 72 says the same.                              | draft.invented-figure
          IFC §906.2 says the same.                           | draft.invented-citation
          Call me on (512) 555-0199.                          | draft.invented-phone
          Write to sales@elsewhere.example instead.           | draft.invented-email
          See https://elsewhere.example/offer for more.       | draft.invented-link
          See https://elsewhere.example/offer for more.       | draft.link-host
          Look at elsewhere.example for more.                 | draft.link-host
          We did the same for Contoso last spring.            | draft.invented-name
          How about Friday instead?                           | draft.invented-name
          Hi {{contact.lastName}}                             | draft.placeholder
          Dear [First Name]                                   | draft.placeholder
          Sent by ${sender}                                   | draft.placeholder
          This is guaranteed.                                 | draft.banned-phrase
          Act now, as this is a limited time offer.           | draft.banned-phrase
          I'm a real human, so just call.                     | draft.claims-human
          By the way, I am not a bot.                         | draft.claims-human
          I wrote this myself.                                | draft.claims-human
          """)
  void whatAMachineMustNotWriteIsFound(String sentence, String code) {
    assertThat(machine(GOOD + "\n" + sentence))
        .extracting(MessageChecks.Problem::code)
        .contains(code);
  }

  @Test
  void aCitationCutShortIsNoLongerTheOneThatWasGiven() {
    assertThat(machine(GOOD.replace("IFC §907.7", "IFC §907")))
        .extracting(MessageChecks.Problem::code)
        .contains("draft.invented-citation");
  }

  @Test
  void lengthIsMeasuredWithoutTheFooter() {
    assertThat(machine("Hi Morgan, thank you."))
        .extracting(MessageChecks.Problem::code)
        .containsExactly("draft.too-short");
    assertThat(machine(GOOD + GOOD + GOOD))
        .extracting(MessageChecks.Problem::code)
        .containsExactly("draft.too-long");
  }

  @Test
  void subjectsKeepToTheirLimits() {
    assertThat(subject("")).contains("draft.subject-blank");
    assertThat(subject("a".repeat(RULES.subject().maxChars() + 1))).contains("draft.subject-long");
    assertThat(subject("a ".repeat(RULES.subject().maxWords() + 1))).contains("draft.subject-long");
    assertThat(subject("Re: " + "a".repeat(RULES.subject().maxChars()))).isEmpty();
  }

  private static List<String> subject(String subject) {
    return MessageChecks.ofMachine(message(subject, body(GOOD)), RULES).stream()
        .map(MessageChecks.Problem::code)
        .toList();
  }

  @Test
  void aFirstMessageDoesNotPretendToBeAReply() {
    var message =
        new ProposedMessage(
            TemplateKind.FIRST_TOUCH, "RE: one question", body(GOOD), given(), SENDER, OPT_OUT);
    assertThat(MessageChecks.ofPerson(message, RULES))
        .extracting(MessageChecks.Problem::code)
        .containsExactly("draft.subject-deceptive");
  }

  @Test
  void aSubjectCannotCarryAHeader() {
    assertThat(
            MessageChecks.ofPerson(message("one\r\nBcc: all@elsewhere.example", body(GOOD)), RULES))
        .extracting(MessageChecks.Problem::code)
        .containsExactly("draft.subject-lines");
  }

  @Test
  void whoWritesAndHowToOptOutCannotBeLeftOut() {
    var problems = MessageChecks.ofPerson(message("one question", GOOD), RULES);
    assertThat(problems)
        .extracting(MessageChecks.Problem::code)
        .containsExactlyInAnyOrder(
            "draft.no-sender", "draft.no-sender", "draft.no-postal-address", "draft.no-opt-out");
    assertThat(MessageChecks.ofMachine(message("one question", GOOD), RULES)).containsAll(problems);
  }

  @Test
  void aPersonMayAddFactsOfTheirOwn() {
    var edited = body(GOOD + "\nFriday at 3 works too; we have 40 people on site.");
    assertThat(MessageChecks.ofPerson(message("one question", edited), RULES)).isEmpty();
  }

  @Test
  void aNameThatWasGivenIsNobodysWording() {
    var named = GOOD.replace("Brightwater Builders", "Best Price Example.com Builders");
    var facts = List.of("company.name=Best Price Example.com Builders");
    var all = new ArrayList<>(given());
    all.addAll(facts);
    assertThat(
            MessageChecks.ofMachine(
                new ProposedMessage(
                    TemplateKind.FOLLOW_UP_1, "one question", body(named), all, SENDER, OPT_OUT),
                RULES))
        .isEmpty();
  }

  @Test
  void whatAProspectSaysMayBeQuotedButIsNoFact() {
    var facts = new ArrayList<>(given());
    facts.add("reply.question=Do you give Contoso 90 % off?");
    assertThat(withFacts(GOOD + "\nYou wrote: \"Do you give Contoso 90 % off?\"", facts)).isEmpty();
    assertThat(withFacts(GOOD + "\nYes, we give Contoso 90 % off.", facts))
        .containsExactlyInAnyOrder("draft.invented-figure", "draft.invented-name");
  }

  private static List<String> withFacts(String text, List<String> facts) {
    return MessageChecks.ofMachine(
            new ProposedMessage(
                TemplateKind.FOLLOW_UP_1, "one question", body(text), facts, SENDER, OPT_OUT),
            RULES)
        .stream()
        .map(MessageChecks.Problem::code)
        .toList();
  }

  private static List<MessageChecks.Problem> machine(String text) {
    return MessageChecks.ofMachine(message("Re: one question", body(text)), RULES);
  }

  private static String body(String text) {
    return MessageFooter.under(text, MessageFooter.of(RULES, SENDER, OPT_OUT));
  }

  private static ProposedMessage message(String subject, String body) {
    return new ProposedMessage(TemplateKind.FOLLOW_UP_1, subject, body, given(), SENDER, OPT_OUT);
  }

  private static List<String> given() {
    return FACTS.entrySet().stream().map(fact -> fact.getKey() + "=" + fact.getValue()).toList();
  }
}
