package io.leadloom.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.model.Draft;
import io.leadloom.model.DraftId;
import io.leadloom.model.Ids;
import io.leadloom.model.LeadRef;
import io.leadloom.model.Purpose;
import io.leadloom.model.Suppression;
import io.leadloom.model.Tenant;
import io.leadloom.packs.Packs;
import io.leadloom.packs.SendingRules;
import io.leadloom.platform.Links;
import io.leadloom.platform.Suppressions;
import io.leadloom.platform.Tenants;
import io.leadloom.testkit.Crashes;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import io.leadloom.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTouchTest {

  @RegisterExtension final Platform platform = new Platform();

  private Scene scene;

  @BeforeEach
  void open() {
    scene = new Scene(platform);
  }

  @Test
  void aTouchIsPlannedInTheRecipientsWindowWithItsWaysBack() {
    var answer = Events.send(new PlanTouchHandler(), "outreach/plan-touch--first-touch");
    assertThat(answer.path("outcome").asText()).isEqualTo("PLANNED");
    assertThat(answer.path("sendAt").asText()).isEqualTo("2026-03-02T15:00:00Z");
    var touch = scene.touch();
    assertThat(answer.path("touchId").asText()).isEqualTo(touch.id().value());
    assertThat(touch.number()).isEqualTo(1);
    assertThat(touch.to()).isEqualTo("morgan@brightwater-builders.example");
    assertThat(touch.messageId()).isEqualTo("<" + touch.id() + "@acme-fire.example>");
    assertThat(touch.inReplyTo()).isNull();
    assertThat(touch.replyToken()).matches("[0-9a-f]{32}");
    var links = platform.bean(Links.class);
    var here = new LeadRef(Samples.TENANT, touch.lead(), touch.id());
    assertThat(links.find("reply-token", touch.replyToken())).contains(here);
    assertThat(links.find("message-id", Ids.hash(touch.messageId()))).contains(here);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCrashAnywhereChangesNothing(boolean suppressed) {
    Crashes.on(platform)
        // A slot that was taken for nothing is lost: never too many are sent, at worst one less.
        .forgiving("limit", "touch.sendAt", "contacted.at")
        // That nothing is planned is noted at each attempt.
        .forgiving(suppressed ? "audit" : "nothing")
        .everywhere(
            () -> {
              open();
              if (suppressed) {
                platform
                    .bean(Suppressions.class)
                    .add(
                        Samples.TENANT,
                        new Suppression(
                            Suppression.hashOf(Samples.contact().email()),
                            "opt-out.link",
                            "link",
                            TestClock.START));
              }
            },
            () ->
                Events.send(new PlanTouchHandler(), "outreach/plan-touch--first-touch")
                    .path("outcome"));
  }

  @Test
  void plannedAgainItKeepsItsMoment() {
    var first = scene.plan(Scene.DRAFT);
    platform.clock().advance(Duration.ofHours(3));
    assertThat(scene.plan(Scene.DRAFT)).isEqualTo(first);
    assertThat(scene.story().touches()).hasSize(1);
  }

  @Test
  void whatTheContactAskedForDoesNotWaitForASlot() {
    assertThat(IntStream.range(0, 12).mapToObj(n -> sendAt("draft-" + n, Purpose.ANSWER)))
        .containsOnly(TestClock.START);
  }

  @Test
  void aYoungDomainSendsTenADayThenMoreSpreadOverTheWindow() {
    var slots = platform.bean(Slots.class);
    var times = new SendTimes(rules(), ZoneId.of("America/Chicago"));
    var moments =
        IntStream.range(0, 40)
            .mapToObj(n ->
                slots.take(Samples.tenant(), rules(), times, Purpose.FIRST_TOUCH, TestClock.START))
            .toList();
    assertThat(moments.subList(0, 2))
        .containsExactly(
            Instant.parse("2026-03-02T15:00:00Z"), Instant.parse("2026-03-02T15:48:00Z"));
    assertThat(moments.subList(0, 10)).allMatch(at -> day(at).equals("2026-03-02"));
    assertThat(moments.subList(10, 20)).allMatch(at -> day(at).equals("2026-03-03"));
    assertThat(moments.subList(20, 30)).allMatch(at -> day(at).equals("2026-03-04"));
    assertThat(moments.subList(30, 40)).allMatch(at -> day(at).equals("2026-03-05"));
    assertThat(moments.subList(30, 32))
        .containsExactly(
            Instant.parse("2026-03-05T15:00:00Z"), Instant.parse("2026-03-05T15:19:12Z"));
  }

  @Test
  void momentsOfTheDayThatPassedAreLost() {
    var slots = platform.bean(Slots.class);
    var times = new SendTimes(rules(), ZoneId.of("America/Chicago"));
    var noon = Instant.parse("2026-03-02T21:30:00Z");
    assertThat(
            IntStream.range(0, 3)
                .mapToObj(
                    n -> slots.take(Samples.tenant(), rules(), times, Purpose.FIRST_TOUCH, noon)))
        .containsExactly(
            Instant.parse("2026-03-02T22:12:00Z"),
            Instant.parse("2026-03-03T15:00:00Z"),
            Instant.parse("2026-03-03T15:48:00Z"));
  }

  @Test
  void aTenantsOwnLimitTakesThePlaceOfTheLadder() {
    var tenants = platform.bean(Tenants.class);
    tenants.change(limited(tenants.get(Samples.TENANT), 1));
    assertThat(sendAt("draft-a", Purpose.FIRST_TOUCH)).isEqualTo("2026-03-02T15:00:00Z");
    assertThat(sendAt("draft-b", Purpose.FIRST_TOUCH)).isEqualTo("2026-03-03T15:00:00Z");
  }

  @Test
  void theFourthMessageInTwoWeeksWaits() {
    sendAt("draft-a", Purpose.FIRST_TOUCH);
    sendAt("draft-b", Purpose.FOLLOW_UP);
    sendAt("draft-c", Purpose.FOLLOW_UP);
    assertThat(sendAt("draft-d", Purpose.FOLLOW_UP)).isEqualTo("2026-03-16T15:07:12Z");
    assertThat(sendAt("draft-e", Purpose.ANSWER)).isEqualTo(TestClock.START);
  }

  @Test
  void anAnswerJoinsTheThreadOfTheReply() {
    var touch = scene.planned(Scene.DRAFT);
    scene.send(touch);
    var reply = scene.replied("reply-1");
    var answer =
        new Draft(
            DraftId.of("draft-answer"),
            Samples.lead().id(),
            Purpose.ANSWER,
            1,
            "Re: Your fire alarm permit",
            Scene.body("We are Acme."),
            "template:answer",
            List.of(),
            reply.id(),
            null,
            null,
            Draft.hashOf("Re: Your fire alarm permit", Scene.body("We are Acme.")),
            TestClock.START);
    scene.approved(answer);
    assertThat(scene.planned(answer.id()).inReplyTo()).isEqualTo(reply.messageId());
  }

  @Test
  void aFollowUpJoinsTheThreadOfTheLastMessage() {
    var touch = scene.planned(Scene.DRAFT);
    scene.send(touch);
    var followUp = Scene.draft(DraftId.of("draft-2"), Purpose.FOLLOW_UP, 1);
    scene.approved(followUp);
    assertThat(scene.planned(followUp.id()).inReplyTo()).isEqualTo(touch.messageId());
  }

  @Test
  void aSuppressedContactIsNotPlannedFor() {
    platform
        .bean(Suppressions.class)
        .addForAll(
            new Suppression(
                Suppression.hashOf(Samples.contact().email()),
                "bounce.hard",
                "elsewhere",
                TestClock.START));
    assertThat(scene.plan(Scene.DRAFT))
        .isEqualTo(new PlanTouch.Outcome.Stopped("suppressed.bounce.hard"));
    assertThat(scene.story().touches()).isEmpty();
  }

  private Instant sendAt(String draftId, Purpose purpose) {
    var draft = Scene.draft(DraftId.of(draftId), purpose, 1);
    scene.approved(draft);
    return ((PlanTouch.Outcome.Planned) scene.plan(draft.id())).sendAt();
  }

  private SendingRules rules() {
    return platform.bean(Packs.class).load("fire-safety").sending();
  }

  private static String day(Instant at) {
    return at.toString().substring(0, 10);
  }

  private static Tenant limited(Tenant t, int limit) {
    return new Tenant(
        t.id(),
        t.name(),
        t.pack(),
        t.mode(),
        t.autoApproveAt(),
        t.approvers(),
        t.sender(),
        t.subscription(),
        limit,
        t.rev());
  }
}
