package io.leadloom.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.model.DraftId;
import io.leadloom.model.Purpose;
import io.leadloom.model.Reply;
import io.leadloom.model.Story;
import io.leadloom.model.Touch;
import io.leadloom.model.TouchId;
import io.leadloom.platform.Json;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Suppressions;
import io.leadloom.platform.Tenants;
import io.leadloom.platform.Touches;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import io.leadloom.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What SES tells the event bus, from the bus to what follows from it. */
class ReceiveMailEventHandlerTest {

  private static final String EMAIL = Samples.contact().email();

  @RegisterExtension final Platform platform = new Platform();

  @BeforeEach
  void aTouchSentBySes() {
    platform.bean(Tenants.class).create(Samples.tenant());
    var lead = Samples.enrichedLead();
    platform.raise(lead);
    platform
        .bean(Touches.class)
        .plan(
            Samples.TENANT,
            new Touch(
                TouchId.of("touch-1"),
                lead.id(),
                DraftId.of("draft-1"),
                Purpose.FIRST_TOUCH,
                1,
                "acme-fire.example",
                EMAIL,
                Touch.Status.SENT,
                TestClock.START,
                "<touch-1@acme-fire.example>",
                null,
                "0123456789abcdef0123456789abcdef",
                "ses",
                "0100018f-message",
                TestClock.START,
                null,
                0));
  }

  @Test
  void aBounceIsQueuedOnceAndSuppressesForAll() {
    var sample = Events.read("webhooks/receive-mail-event--bounced");
    assertThat(receive(sample)).isEqualTo("QUEUED");
    process();
    assertThat(receive(sample)).isEqualTo("REPEATED");
    assertThat(touch().status()).isEqualTo(Touch.Status.BOUNCED);
    assertThat(story().replies())
        .singleElement()
        .extracting(Reply::kind)
        .isEqualTo(Reply.Kind.BOUNCE);
    assertThat(platform.bean(Suppressions.class).match(Samples.OTHER_TENANT, EMAIL)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "Delivery, delivery, {}, DELIVERED, false",
    "Open, open, {}, DELIVERED, false",
    "Click, click, {}, DELIVERED, false",
    "Bounce, bounce, '{\"bounceType\":\"Undetermined\"}', BOUNCED, true",
    "Bounce, bounce, '{\"bounceType\":\"Transient\"}', SENT, false",
    "Complaint, complaint, '{\"complaintFeedbackType\":\"abuse\"}', COMPLAINED, true",
    "Complaint, complaint, '{}', COMPLAINED, true",
    "Complaint, complaint, '{\"complaintFeedbackType\":\"not-spam\"}', SENT, false",
    "Reject, reject, '{\"reason\":\"Bad content\"}', SENT, false",
    "DeliveryDelay, deliveryDelay, {}, SENT, false"
  })
  void eachTypeHasItsConsequence(
      String type, String member, String what, Touch.Status status, boolean suppressed) {
    receive(event(type, member, what));
    process();
    assertThat(touch().status()).isEqualTo(status);
    assertThat(platform.bean(Suppressions.class).match(Samples.TENANT, EMAIL).isPresent())
        .isEqualTo(suppressed);
  }

  @ParameterizedTest
  @CsvSource({"nobody", "'not an id#'", "''"})
  void messagesOfOthersAreLeftAlone(String tenant) {
    var event = Events.read("webhooks/receive-mail-event--bounced");
    ((ObjectNode) event.at("/detail/mail/tags")).putArray("tenant").add(tenant);
    assertThat(receive(event)).isEqualTo("FOREIGN");
    assertThat(platform.aws().calls("SendMessage")).isEmpty();
  }

  private static JsonNode event(String type, String member, String what) {
    var event = Events.read("webhooks/receive-mail-event--bounced");
    var detail = (ObjectNode) event.path("detail");
    detail.remove("bounce");
    detail.put("eventType", type).set(member, Json.read(what, JsonNode.class));
    return event;
  }

  private static String receive(JsonNode event) {
    return Events.send(new ReceiveMailEventHandler(), event).path("outcome").asText();
  }

  /** Lets the queue's function have what was queued last. */
  private void process() {
    var message = platform.aws().calls("SendMessage").getLast().path("MessageBody").asText();
    var batch = (ObjectNode) Events.read("webhooks/process-webhook--one");
    ((ObjectNode) batch.path("Records").get(0)).put("body", message);
    assertThat(Events.send(new ProcessWebhookHandler(), batch).path("batchItemFailures")).isEmpty();
  }

  private Touch touch() {
    return story().touches().getFirst();
  }

  private Story story() {
    return platform.bean(Leads.class).story(Samples.TENANT, Samples.lead().id());
  }
}
