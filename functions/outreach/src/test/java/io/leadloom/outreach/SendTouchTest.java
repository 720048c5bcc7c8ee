package io.leadloom.outreach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.model.Approval;
import io.leadloom.model.Campaign;
import io.leadloom.model.Contact;
import io.leadloom.model.DraftId;
import io.leadloom.model.LeadRef;
import io.leadloom.model.Milestone;
import io.leadloom.model.Purpose;
import io.leadloom.model.Stage;
import io.leadloom.model.Subscription;
import io.leadloom.model.Suppression;
import io.leadloom.model.Touch;
import io.leadloom.model.fault.PermanentException;
import io.leadloom.model.fault.TransientException;
import io.leadloom.platform.Approvals;
import io.leadloom.platform.Campaigns;
import io.leadloom.platform.Drafts;
import io.leadloom.platform.Links;
import io.leadloom.platform.Suppressions;
import io.leadloom.platform.Tenants;
import io.leadloom.platform.Touches;
import io.leadloom.platform.Usages;
import io.leadloom.testkit.Crashes;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import io.leadloom.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SendTouchTest {

  @RegisterExtension final Platform platform = new Platform();

  private Scene scene;

  @BeforeEach
  void open() {
    scene = new Scene(platform);
  }

  @ParameterizedTest
  @ValueSource(strings = {"resend", "ses"})
  void anApprovedMessageIsSentOnceHoweverOftenTheStepRuns(String provider) {
    scene.through(provider);
    var touch = scene.planned(Scene.DRAFT);
    var request = (ObjectNode) Events.read("outreach/send-touch--first-touch");
    request.put("touchId", touch.id().value());
    var answer = Events.send(new SendTouchHandler(), request);
    assertThat(answer.path("outcome").asText()).isEqualTo("SENT");
    assertThat(answer.path("waitSeconds").asLong()).isEqualTo(3 * 86_400);
    assertThat(Events.send(new SendTouchHandler(), request)).isEqualTo(answer);
    assertThat(scene.effects()).isEqualTo(1);

    var story = scene.story();
    assertThat(story.touches().getFirst().status()).isEqualTo(Touch.Status.SENT);
    assertThat(story.lead().stage()).isEqualTo(Stage.CONTACTED);
    assertThat(story.lead().reached()).containsKey(Milestone.SENT);
    assertThat(story.costs())
        .singleElement()
        .satisfies(cost -> assertThat(cost.what()).isEqualTo(provider + ".email"));
    assertThat(
            platform
                .bean(Links.class)
                .find("provider-message", provider + ":" + story.touches().getFirst().providerId()))
        .contains(new LeadRef(Samples.TENANT, touch.lead(), touch.id()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"resend", "ses"})
  void theMessageCarriesWhatTheLawAndTheWayBackNeed(String provider) {
    scene.through(provider);
    var touch = scene.planned(Scene.DRAFT);
    scene.send(touch);
    var message = scene.lastMessage();
    assertThat(message.path("from").asText()).isEqualTo("\"Dana Reyes\" <dana@acme-fire.example>");
    assertThat(message.path("replyTo").asText())
        .isEqualTo("reply+" + touch.replyToken() + "@reply.acme-fire.example");
    var headers = message.path("headers");
    assertThat(headers.path("Message-ID").asText()).isEqualTo(touch.messageId());
    assertThat(headers.path("List-Unsubscribe").asText())
        .startsWith("<https://app.leadloom.example/unsubscribe/")
        .endsWith(">");
    assertThat(headers.path("List-Unsubscribe-Post").asText())
        .isEqualTo("List-Unsubscribe=One-Click");
    var tags = message.path("tags");
    assertThat(tags.path("tenant").asText()).isEqualTo("acme");
    assertThat(tags.path("lead").asText()).isEqualTo(touch.lead().value());
    assertThat(tags.path("touch").asText()).isEqualTo(touch.id().value());
  }

  @Test
  void aFollowUpIsThreaded() {
    var first = scene.planned(Scene.DRAFT);
    scene.send(first);
    var draft = Scene.draft(DraftId.of("draft-2"), Purpose.FOLLOW_UP, 1);
    scene.approved(draft);
    var second = scene.planned(draft.id());
    assertThat(scene.send(second)).isEqualTo(new SendTouch.Outcome.Sent(Duration.ofDays(4)));
    var headers = scene.lastMessage().path("headers");
    assertThat(headers.path("In-Reply-To").asText()).isEqualTo(first.messageId());
    assertThat(headers.path("References").asText()).isEqualTo(first.messageId());
  }

  @Test
  void afterAConfirmationNothingIsAwaitedAndTheLeadStaysBooked() {
    scene
        .leads()
        .change(
            Samples.TENANT,
            Samples.lead().id(),
            lead ->
                lead.reaching(Milestone.BOOKED, TestClock.START)
                    .at(Stage.BOOKED, null, TestClock.START));
    var draft = Scene.draft(DraftId.of("draft-c"), Purpose.CONFIRMATION, 1);
    scene.approved(draft);
    assertThat(scene.send(scene.planned(draft.id())))
        .isEqualTo(new SendTouch.Outcome.Sent(Duration.ZERO));
    assertThat(scene.story().lead().stage()).isEqualTo(Stage.BOOKED);
  }

  @Test
  void nothingIsSentWithoutAnApproval() {
    var draft = Scene.draft(DraftId.of("draft-x"), Purpose.FIRST_TOUCH, 1);
    platform.bean(Drafts.class).add(Samples.TENANT, draft);
    assertStopped(scene.planned(draft.id()), "approval.missing");
  }

  @Test
  void anApprovalOfOtherContentDoesNotHold() {
    var shown = Scene.draft(DraftId.of("draft-x"), Purpose.FIRST_TOUCH, 1);
    var other =
        Scene.draft(
            shown.id(), Purpose.FIRST_TOUCH, 1, Scene.body("Something else entirely."), null);
    platform.bean(Drafts.class).add(Samples.TENANT, other);
    platform.bean(Approvals.class).open(Samples.TENANT, Scene.approval(shown, shown.id()));
    assertStopped(scene.planned(other.id()), "approval.missing");
  }

  @Test
  void aDecidersOwnEditHolds() {
    var shown = Scene.draft(DraftId.of("draft-x"), Purpose.FIRST_TOUCH, 1);
    var edited =
        Scene.draft(
            DraftId.of("draft-y"), Purpose.FIRST_TOUCH, 1, Scene.body("Shorter."), shown.id());
    platform.bean(Drafts.class).add(Samples.TENANT, shown);
    platform.bean(Drafts.class).add(Samples.TENANT, edited);
    platform.bean(Approvals.class).open(Samples.TENANT, Scene.approval(shown, edited.id()));
    assertThat(scene.send(scene.planned(edited.id()))).isInstanceOf(SendTouch.Outcome.Sent.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"PENDING", "REVISE", "REJECTED", "EXPIRED"})
  void onlyAnApprovalApproves(Approval.Status status) {
    var draft = Scene.draft(DraftId.of("draft-x"), Purpose.FIRST_TOUCH, 1);
    platform.bean(Drafts.class).add(Samples.TENANT, draft);
    var approval = Scene.approval(draft, draft.id());
    platform
        .bean(Approvals.class)
        .open(Samples.TENANT, approval.decided(status, "dana", draft.id(), null, TestClock.START));
    assertStopped(scene.planned(draft.id()), "approval.missing");
  }

  @Test
  void aSuppressionThatCameMeanwhileWins() {
    var touch = scene.planned(Scene.DRAFT);
    platform
        .bean(Suppressions.class)
        .add(
            Samples.TENANT,
            new Suppression(
                Suppression.hashOf(Samples.contact().email()),
                "opt-out.reply",
                "reply",
                TestClock.START));
    assertStopped(touch, "suppressed.opt-out.reply");
  }

  @ParameterizedTest
  @EnumSource(names = {"SUPPRESSED", "CLOSED", "NURTURE"})
  void aLeadThatHasEndedGetsNothing(Stage stage) {
    var touch = scene.planned(Scene.DRAFT);
    scene.change(stage);
    assertStopped(
        touch,
        stage == Stage.SUPPRESSED
            ? "suppressed.lead"
            : "lead." + stage.name().toLowerCase(Locale.ROOT));
  }

  @Test
  void aLeadThatWasPutAwayGetsNothing() {
    var touch = scene.planned(Scene.DRAFT);
    scene
        .leads()
        .change(Samples.TENANT, touch.lead(), lead -> lead.deleted(platform.clock().instant()));
    assertStopped(touch, "lead.deleted");
  }

  @Test
  void messagesOfAPausedCampaignWaitUntilItGoesOn() {
    var touch = scene.planned(Scene.DRAFT);
    campaign(Campaign.Status.PAUSED);
    var later = (SendTouch.Outcome.Held) scene.send(touch);
    assertThat(later.reason()).isEqualTo("campaign.paused");
    assertThat(later.sendAt()).isAfter(platform.clock().instant());
    assertThat(scene.effects()).isZero();

    campaign(Campaign.Status.ACTIVE);
    platform.clock().set(later.sendAt());
    assertThat(scene.send(touch)).isInstanceOf(SendTouch.Outcome.Sent.class);
  }

  @Test
  void aCompletedCampaignWritesToNobodyNew() {
    var touch = scene.planned(Scene.DRAFT);
    campaign(Campaign.Status.COMPLETED);
    assertStopped(touch, "campaign.ended");
  }

  @Test
  void messagesOfATenantWhoOwesAPaymentWaitUntilItIsThere() {
    var touch = scene.planned(Scene.DRAFT);
    var subscription = Samples.tenant().subscription();
    subscribe(subscription.as(Subscription.Status.PAST_DUE));
    var held = (SendTouch.Outcome.Held) scene.send(touch);
    assertThat(held.reason()).isEqualTo("subscription.past-due");
    assertThat(held.sendAt()).isAfter(platform.clock().instant());
    assertThat(scene.effects()).isZero();

    subscribe(subscription);
    platform.clock().set(held.sendAt());
    var nextSlot = (SendTouch.Outcome.Later) scene.send(touch);
    platform.clock().set(nextSlot.sendAt());
    assertThat(scene.send(touch)).isInstanceOf(SendTouch.Outcome.Sent.class);
    var month = YearMonth.from(held.sendAt().atZone(ZoneOffset.UTC));
    assertThat(platform.bean(Usages.class).of(Samples.TENANT, month).messagesSent()).isEqualTo(1);
  }

  @Test
  void whoseSubscriptionHasEndedWritesToNobodyNew() {
    var touch = scene.planned(Scene.DRAFT);
    subscribe(Samples.tenant().subscription().endingAt(platform.clock().instant()));
    assertStopped(touch, "subscription.ended");
  }

  private void subscribe(Subscription subscription) {
    var tenants = platform.bean(Tenants.class);
    tenants.change(tenants.get(Samples.TENANT).with(subscription));
  }

  private void campaign(Campaign.Status status) {
    var campaigns = platform.bean(Campaigns.class);
    var campaign = campaigns.get(Samples.TENANT, Samples.CAMPAIGN);
    campaigns.keep(
        Samples.TENANT, campaign.as(campaign.name(), status, platform.clock().instant()), 20);
  }

  @Test
  void aLeadThatAFaultStoppedGoesOnAfterARedrive() {
    var touch = scene.planned(Scene.DRAFT);
    scene.change(Stage.FAILED);
    assertThat(scene.send(touch)).isInstanceOf(SendTouch.Outcome.Sent.class);
    assertThat(scene.story().lead().stage()).isEqualTo(Stage.CONTACTED);
  }

  @Test
  void anAddressThatChangedMeanwhileIsNotWrittenTo() {
    var touch = scene.planned(Scene.DRAFT);
    var c = Samples.contact();
    scene
        .leads()
        .change(
            Samples.TENANT,
            Samples.lead().id(),
            lead ->
                lead.enriched(
                    lead.company(),
                    new Contact(
                        c.firstName(),
                        c.lastName(),
                        c.title(),
                        "new@brightwater-builders.example",
                        true,
                        null,
                        null,
                        false,
                        null,
                        null,
                        0.9,
                        "hunter"),
                    lead.zone(),
                    TestClock.START));
    assertStopped(touch, "contact.changed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hello.\n\nAcme Fire Safety\n\nTo opt out, answer with stop.",
        "Hello.\n\n100 Sample Street, Austin, TX 78701\n\nTo opt out, answer with stop."
      })
  void aMessageThatDoesNotSayWhoSendsItIsNotSent(String body) {
    var draft = Scene.draft(DraftId.of("draft-x"), Purpose.FIRST_TOUCH, 1, body, null);
    scene.approved(draft);
    assertStopped(scene.planned(draft.id()), "draft.no-sender");
  }

  @Test
  void aMessageWithoutAnOptOutIsNotSent() {
    var draft =
        Scene.draft(
            DraftId.of("draft-x"),
            Purpose.FIRST_TOUCH,
            1,
            "Hello.\n\nAcme Fire Safety\n100 Sample Street,\nAustin, TX 78701",
            null);
    scene.approved(draft);
    assertStopped(scene.planned(draft.id()), "draft.no-opt-out");
  }

  @Test
  void aReplyThatCameMeanwhileIsTakenUpFirst() {
    var touch = scene.planned(Scene.DRAFT);
    var reply = scene.replied("reply-1");
    var replied = new SendTouch.Outcome.Replied(reply.id());
    assertThat(scene.send(touch)).isEqualTo(replied);
    assertThat(scene.send(touch)).as("again").isEqualTo(replied);
    assertThat(scene.effects()).isZero();
    assertThat(platform.bean(Touches.class).contacted(Samples.TENANT, touch.to()))
        .as("what is not sent counts for no cap")
        .isEmpty();
  }

  @Test
  void aWindowThatWasMissedIsWaitedFor() {
    var touch = scene.planned(Scene.DRAFT);
    platform.clock().set(Instant.parse("2026-03-03T01:00:00Z"));
    var later = new SendTouch.Outcome.Later(Instant.parse("2026-03-03T15:00:00Z"));
    assertThat(scene.send(touch)).isEqualTo(later);
    assertThat(scene.send(touch)).as("again").isEqualTo(later);
    platform.clock().set(Instant.parse("2026-03-03T15:00:00Z"));
    assertThat(scene.send(touch)).isInstanceOf(SendTouch.Outcome.Sent.class);
    assertThat(scene.effects()).isEqualTo(1);
  }

  @Test
  void anotherDayNeedsAnotherSlotOfTheLimit() {
    var touch = scene.planned(Scene.DRAFT);
    platform.clock().set(Instant.parse("2026-03-04T18:00:00Z"));
    assertThat(scene.send(touch))
        .isEqualTo(new SendTouch.Outcome.Later(Instant.parse("2026-03-04T18:12:00Z")));
  }

  @Test
  void killedBeforeTheProviderAnsweredItIsSentOnce() {
    var touch = scene.planned(Scene.DRAFT);
    // The provider takes the message, but the process does not live to hear it.
    scene.fault(Map.of("provider", "resend", "path", "/emails", "drop", true));
    assertThatThrownBy(() -> scene.send(touch)).isInstanceOf(TransientException.class);
    assertThat(scene.touch().status()).isEqualTo(Touch.Status.SENDING);
    assertThat(scene.effects()).isEqualTo(1);
    assertThat(scene.send(touch)).isInstanceOf(SendTouch.Outcome.Sent.class);
    assertThat(scene.effects()).isEqualTo(1);
    assertThat(scene.touch().status()).isEqualTo(Touch.Status.SENT);
  }

  @Test
  void killedBeforeTheProviderWasCalledItIsSentOnce() {
    var touch = scene.planned(Scene.DRAFT);
    mark(touch, "resend");
    assertThat(scene.send(touch)).isInstanceOf(SendTouch.Outcome.Sent.class);
    assertThat(scene.effects()).isEqualTo(1);
  }

  @Test
  void aDayLaterTheProviderHasForgottenSoNothingIsRepeated() {
    var touch = scene.planned(Scene.DRAFT);
    mark(touch, "resend");
    platform.clock().advance(Duration.ofHours(24));
    assertThat(scene.send(touch)).isEqualTo(new SendTouch.Outcome.Unknown(Duration.ofDays(3)));
    assertThat(scene.effects()).isZero();
    assertThat(scene.touch().status()).isEqualTo(Touch.Status.UNKNOWN);
    assertThat(scene.touch().problem()).isEqualTo("resend.no-answer");
    assertThat(scene.story().lead().reached()).containsKey(Milestone.SENT);
  }

  @Test
  void sesIsNeverAskedTwice() {
    scene.through("ses");
    var touch = scene.planned(Scene.DRAFT);
    mark(touch, "ses");
    var unknown = new SendTouch.Outcome.Unknown(Duration.ofDays(3));
    assertThat(scene.send(touch)).isEqualTo(unknown);
    assertThat(scene.send(touch)).as("again").isEqualTo(unknown);
    assertThat(scene.effects()).isZero();
  }

  @Test
  void whenSesDoesNotAnswerTheMessageCountsAsSent() {
    scene.through("ses");
    var touch = scene.planned(Scene.DRAFT);
    scene.fault(Map.of("provider", "ses", "drop", true));
    assertThat(scene.send(touch)).isEqualTo(new SendTouch.Outcome.Unknown(Duration.ofDays(3)));
    assertThat(scene.send(touch)).isInstanceOf(SendTouch.Outcome.Unknown.class);
    assertThat(scene.effects()).isEqualTo(1);
  }

  @Test
  void anOptOutDuringAnInterruptedHandOverIsNotAnsweredWithASecondAttempt() {
    var touch = scene.planned(Scene.DRAFT);
    mark(touch, "resend");
    platform
        .bean(Suppressions.class)
        .add(
            Samples.TENANT,
            new Suppression(
                Suppression.hashOf(Samples.contact().email()),
                "opt-out.link",
                "link",
                TestClock.START));
    assertThat(scene.send(touch)).isInstanceOf(SendTouch.Outcome.Unknown.class);
    assertThat(scene.effects()).isZero();
  }

  @Test
  void aBusyProviderIsTriedAgain() {
    var touch = scene.planned(Scene.DRAFT);
    scene.fault(Map.of("provider", "resend", "status", 429));
    assertThatThrownBy(() -> scene.send(touch)).isInstanceOf(TransientException.class);
    assertThat(scene.send(touch)).isInstanceOf(SendTouch.Outcome.Sent.class);
    assertThat(scene.effects()).isEqualTo(1);
  }

  @Test
  void aBusySesIsTriedAgain() {
    scene.through("ses");
    var touch = scene.planned(Scene.DRAFT);
    scene.fault(
        Map.of(
            "provider",
            "ses",
            "status",
            429,
            "headers",
            Map.of("x-amzn-ErrorType", "TooManyRequestsException"),
            "body",
            Map.of("message", "slow down")));
    assertThatThrownBy(() -> scene.send(touch)).isInstanceOf(TransientException.class);
    assertThat(scene.touch().status()).isEqualTo(Touch.Status.PLANNED);
    assertThat(scene.send(touch)).isInstanceOf(SendTouch.Outcome.Sent.class);
    assertThat(scene.effects()).isEqualTo(1);
  }

  @Test
  void aRefusalStopsTheTouchWithTheProvidersWord() {
    var touch = scene.planned(Scene.DRAFT);
    scene.fault(
        Map.of(
            "provider",
            "resend",
            "status",
            422,
            "body",
            Map.of("statusCode", 422, "name", "validation_error", "message", "no")));
    assertStopped(touch, "resend.validation_error");
  }

  @Test
  void aRefusalOfSesStopsTheTouchWithItsWord() {
    scene.through("ses");
    var touch = scene.planned(Scene.DRAFT);
    scene.fault(
        Map.of(
            "provider",
            "ses",
            "status",
            400,
            "headers",
            Map.of("x-amzn-ErrorType", "MessageRejected"),
            "body",
            Map.of("message", "no")));
    assertStopped(touch, "ses.messagerejected");
  }

  @Test
  void aWrongKeyIsForAnOperatorAndTheTouchIsAsBefore() {
    var touch = scene.planned(Scene.DRAFT);
    platform.credentials(Samples.TENANT, "{\"resend\":{\"apiKey\":\"re_wrong\"}}");
    assertThatThrownBy(() -> scene.send(touch))
        .isInstanceOf(PermanentException.class)
        .hasMessageContaining("invalid_api_key");
    assertThat(scene.touch().status()).isEqualTo(Touch.Status.PLANNED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SENT", "STOPPED by a veto", "STOPPED by the provider", "REPLIED", "LATER"})
  void aCrashAnywhereChangesNothing(String outcome) {
    var touch = scene.planned(Scene.DRAFT);
    Crashes.on(platform)
        // As when a touch is planned: at worst a slot is lost.
        .forgiving("limit", "touch.sendAt", "contacted.at")
        .everywhere(
            () -> {
              open();
              scene.planned(Scene.DRAFT);
              switch (outcome) {
                case "STOPPED by a veto" -> scene.change(Stage.SUPPRESSED);
                case "STOPPED by the provider" ->
                    scene.fault(
                        Map.of(
                            "provider",
                            "resend",
                            "status",
                            422,
                            "times",
                            9,
                            "body",
                            Map.of("statusCode", 422, "name", "validation_error")));
                case "REPLIED" -> scene.replied("reply-1");
                case "LATER" -> platform.clock().set(Instant.parse("2026-03-04T18:00:00Z"));
                default -> {}
              }
            },
            () -> {
              var answer = scene.send(touch);
              assertThat(outcome).startsWithIgnoringCase(answer.getClass().getSimpleName());
              return answer instanceof SendTouch.Outcome.Later ? "later" : answer;
            });
  }

  private void assertStopped(Touch touch, String reason) {
    var stopped = new SendTouch.Outcome.Stopped(reason);
    assertThat(scene.send(touch)).isEqualTo(stopped);
    assertThat(scene.send(touch)).as("again").isEqualTo(stopped);
    assertThat(scene.effects()).isZero();
    assertThat(
            scene.story().touches().stream()
                .filter(t -> t.id().equals(touch.id()))
                .map(Touch::status))
        .containsExactly(Touch.Status.STOPPED);
  }

  /** What the ledger holds when the process dies while the provider is called. */
  private void mark(Touch touch, String provider) {
    platform
        .bean(Touches.class)
        .change(
            Samples.TENANT,
            touch.as(Touch.Status.SENDING, provider, null, platform.clock().instant(), null));
  }
}
