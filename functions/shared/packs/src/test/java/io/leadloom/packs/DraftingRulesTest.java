package io.leadloom.packs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DraftingRulesTest {

  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("contact.firstName", "Ada"),
          Map.entry("company.name", "Quillmere Builders"),
          Map.entry("permit.type", "Fire Alarm"),
          Map.entry("permit.number", "FA-26-00120"),
          Map.entry("permit.address", "12 Weaver St"),
          Map.entry("sender.name", "Robin Sample"),
          Map.entry("sender.company", "Sample Services"),
          Map.entry("meeting.windows", "Tuesday 10:00-11:00 or Thursday 14:00-15:00"),
          Map.entry("meeting.time", "Tuesday 10:00"),
          Map.entry("meeting.duration", "15"),
          Map.entry("reply.question", "Do you service panels?"));

  private static final Map<String, String> LONG =
      Map.ofEntries(
          Map.entry("contact.firstName", "Ada"),
          Map.entry("company.name", "Quillmere and Weaver Commercial Building Group, Inc."),
          Map.entry("permit.type", "Commercial New Building Permit"),
          Map.entry("permit.number", "CB-26-00120"),
          Map.entry("permit.address", "12345 N Old Mesquite Bend Blvd"),
          Map.entry("sender.name", "Robin Sample"),
          Map.entry("sender.company", "Sample Services"),
          Map.entry(
              "meeting.windows",
              "Tuesday, March 10 between 10:00 and 11:00 or Thursday, March 12 between 14:00 and"
                  + " 15:00"),
          Map.entry("meeting.time", "Tuesday, March 10 at 10:00 CDT"),
          Map.entry("meeting.duration", "15"),
          Map.entry(
              "reply.question",
              "Do you also look after panels that another firm has put in, and what would change"
                  + " for our maintenance people?"));

  private final Packs packs = new Packs();

  @TestFactory
  Stream<DynamicTest> everyTemplateKeepsItsLimitsWithShortAndLongFacts() {
    return packs.ids().stream()
        .map(packs::load)
        .flatMap(pack ->
            pack.drafting().templates().stream()
                .map(template ->
                    DynamicTest.dynamicTest(
                        pack.id() + " " + template.id(), () -> check(pack, template))));
  }

  private static void check(Pack pack, Template template) {
    DraftingRules drafting = pack.drafting();
    WordLimit limit = drafting.limits().getOrDefault(template.kind(), new WordLimit(0, 0));
    for (Map<String, String> facts : samples(pack, template)) {
      String body = fill(template.body(), facts);
      assertThat(body.split("\\s+").length).as(body).isBetween(limit.min(), limit.max());
      assertThat(drafting.bannedIn(body)).isEmpty();
      assertThat(body).doesNotContain("{{").doesNotContain("http");
      template
          .subject()
          .map(subject -> fill(subject, facts))
          .ifPresent(subject -> {
            assertThat(subject.length()).isLessThanOrEqualTo(drafting.subject().maxChars());
            assertThat(subject.split("\\s+").length)
                .isLessThanOrEqualTo(drafting.subject().maxWords());
            assertThat(drafting.bannedIn(subject)).isEmpty();
          });
    }
  }

  /** Short and long facts with each rule and each case study the template could cite. */
  private static List<Map<String, String>> samples(Pack pack, Template template) {
    List<Map<String, String>> samples = new ArrayList<>();
    for (Map<String, String> facts : List.of(SHORT, LONG)) {
      samples.addAll(samples(pack, template, facts));
    }
    return samples;
  }

  private static List<Map<String, String>> samples(
      Pack pack, Template template, Map<String, String> known) {
    List<Map<String, String>> samples = new ArrayList<>();
    for (CodeRule rule : pack.research().rules()) {
      for (CaseStudy caseStudy : pack.research().caseStudies()) {
        Map<String, String> facts = new HashMap<>(known);
        facts.put("rule.citation", rule.citation());
        facts.put("rule.summary", rule.summary());
        facts.put("caseStudy.client", caseStudy.client());
        facts.put("caseStudy.outcome", caseStudy.outcome());
        samples.add(facts);
      }
    }
    return template.placeholders().stream().anyMatch(name -> name.matches("(rule|caseStudy)\\..*"))
        ? samples
        : samples.subList(0, 1);
  }

  private static String fill(String text, Map<String, String> facts) {
    String filled = text;
    for (String name : Template.placeholders(text)) {
      assertThat(facts).containsKey(name);
      filled = filled.replace("{{" + name + "}}", facts.getOrDefault(name, ""));
    }
    return filled.strip();
  }

  @TestFactory
  Stream<DynamicTest> everyKindHasATemplateThatNeedsOnlyWhatIsAlwaysKnown() {
    Set<String> always =
        Set.of(
            "contact.firstName",
            "company.name",
            "permit.type",
            "meeting.windows",
            "meeting.duration",
            "meeting.time",
            "reply.question",
            "sender.name",
            "sender.company");
    return packs.ids().stream()
        .flatMap(id ->
            Stream.of(TemplateKind.values())
                .map(kind ->
                    DynamicTest.dynamicTest(
                        id + " " + kind,
                        () ->
                            assertThat(packs.load(id).drafting().templates(kind))
                                .anySatisfy(template ->
                                    assertThat(always).containsAll(template.placeholders())))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "How much would that be? | PRICE",
        "We already have a contractor for this. | HAVE_VENDOR",
        "Not right now, check back next quarter | NOT_NOW",
        "Please send me more information | SEND_INFO",
        "Are you licensed and insured in Texas? | CREDENTIALS",
        "How did you get my email address? | SOURCE_OF_DATA",
        "I am the wrong person, talk to our superintendent | WRONG_PERSON",
        "Do you cover Waco? | GENERAL",
        "We separate trades here, does that matter? | GENERAL",
      })
  void questionIsToldByWholeWords(String text, QuestionKind kind) {
    for (String id : packs.ids()) {
      DraftingRules drafting = packs.load(id).drafting();
      assertThat(drafting.questionKind(text)).isEqualTo(kind);
      assertThat(drafting.answers(kind)).isNotEmpty();
    }
  }

  @Test
  void footerTellsWhoWritesAndHowToStopIt() {
    for (String id : packs.ids()) {
      assertThat(Template.placeholders(packs.load(id).drafting().footer()))
          .contains("sender.name", "sender.company", "sender.postalAddress", "optOut");
    }
  }
}
