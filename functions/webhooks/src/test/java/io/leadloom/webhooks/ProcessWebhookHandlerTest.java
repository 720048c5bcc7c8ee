package io.leadloom.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.model.DraftId;
import io.leadloom.model.Ids;
import io.leadloom.model.LeadId;
import io.leadloom.model.LeadRef;
import io.leadloom.model.Purpose;
import io.leadloom.model.Reply;
import io.leadloom.model.Story;
import io.leadloom.model.TenantId;
import io.leadloom.model.Touch;
import io.leadloom.model.TouchId;
import io.leadloom.platform.Credits;
import io.leadloom.platform.Inbox;
import io.leadloom.platform.Json;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Links;
import io.leadloom.platform.Replies;
import io.leadloom.platform.Suppressions;
import io.leadloom.platform.Touches;
import io.leadloom.testkit.Crashes;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import io.leadloom.testkit.TestClock;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessWebhookHandlerTest {

  private static final String EMAIL = Samples.contact().email();
  private static final TouchId TOUCH = TouchId.of("touch-1");
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";

  @RegisterExtension final Platform platform = new Platform();

  @BeforeEach
  void aSentTouchThatIsAwaited() {
    var lead = Samples.enrichedLead();
    platform.raise(lead);
    platform.bean(Credits.class).reserve(Samples.TENANT, lead.id(), 1);
    platform.bean(Credits.class).charge(Samples.TENANT, lead.id());
    platform.bean(Touches.class).plan(Samples.TENANT, touch(Touch.Status.SENT));
    var ref = new LeadRef(Samples.TENANT, lead.id(), TOUCH);
    var links = platform.bean(Links.class);
    links.put("reply-token", TOKEN, ref);
    links.put("message-id", Ids.hash("<touch-1@acme-fire.example>"), ref);
    links.put("provider-message", "resend:re-1", ref);
    platform
        .bean(Replies.class)
        .await(
            Samples.TENANT,
            lead.id(),
            new Replies.Waiting(TOUCH, "waiting-token", TestClock.START));
  }

  @ParameterizedTest
  @CsvSource({
    "email.delivered, DELIVERED",
    "email.opened, DELIVERED",
    "email.clicked, DELIVERED",
    "email.sent, SENT",
    "email.delivery_delayed, SENT",
    "email.new_type_of_next_year, SENT"
  })
  void eventsMoveTheTouch(String type, Touch.Status status) {
    resend(type, Map.of());
    assertThat(onlyTouch().status()).isEqualTo(status);
    assertThat(onlyTouch().sentAt()).isEqualTo(TestClock.START);
    assertThat(story().replies()).isEmpty();
  }

  @Test
  void orderDoesNotMatter() {
    resend("email.bounced", Map.of("bounce", Map.of("type", "Permanent")));
    resend("email.delivered", Map.of());
    assertThat(onlyTouch().status()).isEqualTo(Touch.Status.BOUNCED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Permanent", "Undetermined", ""})
  void aBounceSuppressesForAllAndTellsTheExecution(String type) {
    resend("email.bounced", Map.of("bounce", Map.of("type", type)));
    assertThat(onlyTouch().status()).isEqualTo(Touch.Status.BOUNCED);
    assertSuppressed(Samples.OTHER_TENANT, "bounce.hard");
    assertResumedWith(onlyReply(Reply.Kind.BOUNCE));
    assertThat(creditsUsed()).isZero();
  }

  @Test
  void aFullMailboxIsNoReasonToSuppress() {
    resend("email.bounced", Map.of("bounce", Map.of("type", "Transient")));
    assertThat(platform.bean(Suppressions.class).match(Samples.TENANT, EMAIL)).isEmpty();
    assertThat(story().replies()).isEmpty();
    assertThat(creditsUsed()).isEqualTo(1);
  }

  private long creditsUsed() {
    return platform.bean(Credits.class).balance(Samples.TENANT, YearMonth.of(2026, 3), 1).used();
  }

  @Test
  void aComplaintSuppressesForAll() {
    resend("email.complained", Map.of());
    assertThat(onlyTouch().status()).isEqualTo(Touch.Status.COMPLAINED);
    assertSuppressed(Samples.OTHER_TENANT, "complaint.spam");
    assertResumedWith(onlyReply(Reply.Kind.COMPLAINT));
  }

  @Test
  void whatTheProviderSuppressedItselfCountsAsBounced() {
    resend("email.suppressed", Map.of("suppressed", Map.of("type", "previous_bounce")));
    assertSuppressed(Samples.TENANT, "bounce.suppressed-by-provider");
    onlyReply(Reply.Kind.BOUNCE);
  }

  @Test
  void withoutTagsTheMessageIdFindsTheTouch() {
    resend("email.delivered", Map.of("tags", Map.of()));
    assertThat(onlyTouch().status()).isEqualTo(Touch.Status.DELIVERED);
  }

  @Test
  void anotherTenantsTagsFindNothing() {
    resend(
        "email.bounced",
        Map.of(
            "email_id",
            "unknown",
            "tags",
            Map.of("tenant", "globex", "lead", lead().value(), "touch", "touch-1")));
    resend(
        "email.bounced",
        Map.of(
            "email_id",
            "unknown",
            "tags",
            Map.of("tenant", "acme", "lead", "../x", "touch", "touch-1")));
    assertThat(onlyTouch().status()).isEqualTo(Touch.Status.SENT);
  }

  @Test
  void noticesToApproversAreNotTouches() {
    resend("email.bounced", Map.of("tags", Map.of("kind", "notice", "tenant", "acme")));
    assertThat(onlyTouch().status()).isEqualTo(Touch.Status.SENT);
  }

  @Test
  void aReplyIsKeptAndTellsTheExecution() {
    mail(Map.of());
    var reply = onlyReply(Reply.Kind.MESSAGE);
    assertThat(reply.text()).isEqualTo("Who are you?\n\nMorgan Ellery");
    assertThat(reply.touch()).isEqualTo(TOUCH);
    assertThat(reply.messageId()).isEqualTo("<their-1@brightwater-builders.example>");
    assertResumedWith(reply);
    assertThat(platform.bean(Suppressions.class).match(Samples.TENANT, EMAIL)).isEmpty();
  }

  @Test
  void withoutTheTokenTheThreadFindsTheLead() {
    mail(Map.of("MailboxHash", "", "ToFull", List.of()));
    assertThat(onlyReply(Reply.Kind.MESSAGE).touch()).isEqualTo(TOUCH);
  }

  @Test
  void whatFindsNoLeadIsNotLost() {
    mail(Map.of("MailboxHash", "ffffffffffffffffffffffffffffffff", "Headers", List.of()));
    assertThat(story().replies()).isEmpty();
    assertThat(platform.bean(Inbox.class).isProcessed("postmark", "event-1")).isTrue();
    assertThat(platform.bean(Inbox.class).find("postmark", "event-1")).isPresent();
  }

  @Test
  void anOptOutWorksAtOnceForAllAddressesConcerned() {
    mail(
        Map.of(
            "StrippedTextReply",
            "Please stop.",
            "FromFull",
            Map.of("Email", "Other@Brightwater-Builders.example")));
    assertSuppressed(Samples.TENANT, "opt-out.keyword");
    assertThat(
            platform
                .bean(Suppressions.class)
                .match(Samples.TENANT, "other@brightwater-builders.example"))
        .isPresent();
    assertThat(platform.bean(Suppressions.class).match(Samples.OTHER_TENANT, EMAIL)).isEmpty();
    assertResumedWith(onlyReply(Reply.Kind.MESSAGE));
  }

  @Test
  void aMachineCannotOptOut() {
    mail(
        Map.of(
            "StrippedTextReply",
            "I am away. To stop these notices, please unsubscribe.",
            "Headers",
            List.of(Map.of("Name", "Auto-Submitted", "Value", "auto-replied"))));
    assertThat(platform.bean(Suppressions.class).match(Samples.TENANT, EMAIL)).isEmpty();
    assertThat(onlyReply(Reply.Kind.MESSAGE).headers())
        .containsEntry("auto-submitted", "auto-replied");
  }

  @Test
  void aDeliveryReportByMailIsABounce() {
    mail(
        Map.of(
            "FromFull", Map.of("Email", "mailer-daemon@mail.example"),
            "Subject", "Delivery Status Notification (Failure)",
            "StrippedTextReply", "Action: failed\nStatus: 5.1.1"));
    assertThat(onlyTouch().status()).isEqualTo(Touch.Status.BOUNCED);
    assertSuppressed(Samples.TENANT, "bounce.hard");
    assertThat(platform.bean(Suppressions.class).match(Samples.OTHER_TENANT, EMAIL))
        .as("anybody could have written it")
        .isEmpty();
    assertResumedWith(onlyReply(Reply.Kind.BOUNCE));
  }

  @Test
  void aDelayIsNoReply() {
    mail(
        Map.of(
            "FromFull",
            Map.of("Email", "mailer-daemon@mail.example"),
            "StrippedTextReply",
            "Action: delayed\nStatus: 4.4.1"));
    assertThat(story().replies()).isEmpty();
  }

  @Test
  void processedAgainNothingChanges() {
    mail(Map.of("StrippedTextReply", "STOP"));
    var before = story();
    queue("postmark", "event-1");
    assertThat(story()).isEqualTo(before);
    assertThat(platform.aws().calls("SendTaskSuccess")).hasSize(1);
  }

  @Test
  void whenTheExecutionCannotBeToldTheMessageComesBackAndNothingIsLost() {
    platform.aws().fail("SendTaskSuccess", "ServiceUnavailable");
    assertThat(mail(Map.of("StrippedTextReply", "STOP"))).as("failed messages").isEqualTo(1);
    assertSuppressed(Samples.TENANT, "opt-out.keyword");
    onlyReply(Reply.Kind.MESSAGE);
    platform.aws().recover("SendTaskSuccess");
    assertThat(queue("postmark", "event-1")).isZero();
    assertResumedWith(onlyReply(Reply.Kind.MESSAGE));
  }

  @Test
  void anExecutionThatNoLongerWaitsIsLeftAlone() {
    platform.aws().fail("SendTaskSuccess", "TaskTimedOut");
    assertThat(mail(Map.of())).isZero();
    assertThat(onlyReply(Reply.Kind.MESSAGE).handledAt()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "email.delivered",
        "email.bounced",
        "email.suppressed",
        "email.complained",
        "email.failed"
      })
  void aCrashWhileAnEventIsProcessedChangesNothing(String type) {
    Crashes.on(platform)
        .everywhere(
            () -> {
              aSentTouchThatIsAwaited();
              var event = (ObjectNode) Events.read("webhooks/receive-webhook--resend-delivered");
              store("resend", "event-1", Json.write(event.put("type", type)));
            },
            () -> queue("resend", "event-1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Who are you?", "STOP", "Action: failed\nStatus: 5.1.1", "Action: delayed"})
  void aCrashWhileAMailIsProcessedChangesNothing(String text) {
    Crashes.on(platform)
        .everywhere(
            () -> {
              aSentTouchThatIsAwaited();
              var sender = text.startsWith("Action") ? "mailer-daemon@mail.example" : EMAIL;
              var mail = (ObjectNode) Events.read("webhooks/receive-webhook--postmark-reply");
              mail.putPOJO("FromFull", Map.of("Email", sender)).put("StrippedTextReply", text);
              var body = Json.tree(Json.bytes(mail));
              store("postmark", "event-1", Json.write(InboundMail.of(body)));
            },
            () -> queue("postmark", "event-1"));
  }

  private void resend(String type, Map<String, Object> data) {
    var event = (ObjectNode) Events.read("webhooks/receive-webhook--resend-delivered");
    event.put("type", type);
    data.forEach((name, value) -> event.withObject("/data").putPOJO(name, value));
    var id = "event-" + Ids.hash(Json.write(event)).substring(0, 10);
    store("resend", id, Json.write(event));
    assertThat(queue("resend", id)).isZero();
  }

  private int mail(Map<String, Object> members) {
    var mail = (ObjectNode) Events.read("webhooks/receive-webhook--postmark-reply");
    members.forEach(mail::putPOJO);
    var body = Json.tree(Json.bytes(mail));
    store("postmark", "event-1", Json.write(InboundMail.of(body)));
    return queue("postmark", "event-1");
  }

  private void store(String provider, String id, String body) {
    platform
        .bean(Inbox.class)
        .store(
            new Inbox.InboxEvent(provider, id, Samples.TENANT, body, platform.clock().instant()));
  }

  /** How many messages go back to the queue. */
  private int queue(String provider, String eventId) {
    var batch = (ObjectNode) Events.read("webhooks/process-webhook--one");
    var record = (ObjectNode) batch.path("Records").get(0);
    record.put("body", Json.write(Map.of("provider", provider, "eventId", eventId)));
    return Events.send(new ProcessWebhookHandler(), batch).path("batchItemFailures").size();
  }

  private Reply onlyReply(Reply.Kind kind) {
    var replies = story().replies();
    assertThat(replies).singleElement().satisfies(r -> assertThat(r.kind()).isEqualTo(kind));
    return replies.getFirst();
  }

  private void assertResumedWith(Reply reply) {
    var call = platform.aws().calls("SendTaskSuccess").getLast();
    assertThat(call.path("taskToken").asText()).isEqualTo("waiting-token");
    assertThat(call.path("output").asText()).isEqualTo("{\"replyId\":\"" + reply.id() + "\"}");
  }

  private void assertSuppressed(TenantId tenant, String reason) {
    assertThat(platform.bean(Suppressions.class).match(tenant, EMAIL))
        .hasValueSatisfying(rule -> assertThat(rule.reason()).isEqualTo(reason));
  }

  private Touch onlyTouch() {
    return story().touches().getFirst();
  }

  private Story story() {
    return platform.bean(Leads.class).story(Samples.TENANT, lead());
  }

  private static LeadId lead() {
    return Samples.lead().id();
  }

  private static Touch touch(Touch.Status status) {
    return new Touch(
        TOUCH,
        lead(),
        DraftId.of("draft-1"),
        Purpose.FIRST_TOUCH,
        1,
        "acme-fire.example",
        EMAIL,
        status,
        TestClock.START,
        "<touch-1@acme-fire.example>",
        null,
        TOKEN,
        "resend",
        "re-1",
        TestClock.START,
        null,
        0);
  }
}
