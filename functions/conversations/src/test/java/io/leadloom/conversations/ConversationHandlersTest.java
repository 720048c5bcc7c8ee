package io.leadloom.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.model.LeadId;
import io.leadloom.model.Milestone;
import io.leadloom.model.Reply;
import io.leadloom.model.ReplyId;
import io.leadloom.model.Stage;
import io.leadloom.model.Story;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Replies;
import io.leadloom.platform.Suppressions;
import io.leadloom.testkit.Crashes;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import io.leadloom.testkit.TestClock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationHandlersTest {

  private static final LeadId LEAD = Samples.lead().id();
  private static final String EMAIL = Samples.contact().email();

  @RegisterExtension final Platform platform = new Platform();

  @BeforeEach
  void aContactedLead() {
    platform.raise(Samples.enrichedLead());
    at(Stage.CONTACTED);
  }

  @Test
  void anExecutionWaitsUntilAReplyComes() {
    var answer = Events.send(new AwaitReplyHandler(), "conversations/await-reply--first-touch");
    assertThat(answer.path("outcome").asText()).isEqualTo("WAITING");
    assertThat(platform.bean(Replies.class).waiting(Samples.TENANT, LEAD))
        .hasValueSatisfying(w -> assertThat(w.taskToken()).isEqualTo("token-1"));
    assertThat(platform.aws().calls("SendTaskSuccess")).isEmpty();
  }

  @Test
  void aReplyThatWasFasterResumesItAtOnce() {
    add(message("reply-1", "Who are you?"));
    Events.send(new AwaitReplyHandler(), "conversations/await-reply--first-touch");
    assertThat(platform.aws().calls("SendTaskSuccess"))
        .singleElement()
        .satisfies(call -> {
          assertThat(call.path("taskToken").asText()).isEqualTo("token-1");
          assertThat(call.path("output").asText()).isEqualTo("{\"replyId\":\"reply-1\"}");
        });
  }

  @Test
  void aReplyThatWasTakenUpResumesNothing() {
    add(message("reply-1", "Who are you?"));
    classify();
    Events.send(new AwaitReplyHandler(), "conversations/await-reply--first-touch");
    assertThat(platform.aws().calls("SendTaskSuccess")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Let us talk on Tuesday., MEETING_REQUEST, meeting.asked",
    "Who are you?, QUESTION, question.asked",
    "Too expensive., OBJECTION, objection.price",
    "Not interested., NOT_INTERESTED, not-interested.said",
    "Hm., UNCLEAR, unclear.no-rule"
  })
  void aPersonsReplyIsUnderstoodAndTakenUp(String text, String intent, String why) {
    add(message("reply-1", text));
    var answer = classify();
    assertThat(answer.path("outcome").asText()).isEqualTo(intent);
    assertThat(answer.path("reason").asText()).isEqualTo(why);
    assertThat(answer.has("resumeAt")).isFalse();
    assertThat(story().lead().stage()).isEqualTo(Stage.IN_CONVERSATION);
    assertThat(story().lead().reached()).containsKey(Milestone.REPLIED);
    var reply = story().replies().getFirst();
    assertThat(reply.intent()).isEqualTo(Reply.Intent.valueOf(intent));
    assertThat(reply.why()).isEqualTo(why);
    assertThat(reply.handledAt()).isEqualTo(TestClock.START);
  }

  @Test
  void takenUpAgainNothingChanges() {
    add(message("reply-1", "Please stop."));
    var first = classify();
    var before = story();
    platform.clock().advance(Duration.ofMinutes(1));
    assertThat(classify()).isEqualTo(first);
    assertThat(story()).isEqualTo(before);
  }

  @Test
  void anOptOutSuppresses() {
    add(message("reply-1", "Please stop."));
    assertThat(classify().path("outcome").asText()).isEqualTo("UNSUBSCRIBE");
    assertThat(platform.bean(Suppressions.class).match(Samples.TENANT, EMAIL)).isPresent();
    assertThat(story().lead().reached()).containsKey(Milestone.REPLIED);
  }

  @ParameterizedTest
  @EnumSource(names = {"BOUNCE", "COMPLAINT", "UNSUBSCRIBE"})
  void whatIsReportedSuppressesButIsNoReply(Reply.Kind kind) {
    add(reply("reply-1", kind, null, Map.of()));
    assertThat(classify().path("outcome").asText()).isEqualTo(kind.name());
    assertThat(platform.bean(Suppressions.class).match(Samples.TENANT, EMAIL)).isPresent();
    assertThat(story().lead().reached()).doesNotContainKey(Milestone.REPLIED);
  }

  @ParameterizedTest
  @CsvSource({
    "I am out of the office until March 9., 2026-03-11T14:00:00Z",
    "I am out of the office., 2026-03-09T14:00:00Z"
  })
  void anAbsenceIsWaitedOut(String text, String resumeAt) {
    add(reply("reply-1", Reply.Kind.MESSAGE, text, Map.of("auto-submitted", "auto-replied")));
    var answer = classify();
    assertThat(answer.path("outcome").asText()).isEqualTo("OUT_OF_OFFICE");
    assertThat(answer.path("resumeAt").asText()).isEqualTo(resumeAt);
    assertThat(classify()).as("again").isEqualTo(answer);
    assertThat(story().lead().stage()).isEqualTo(Stage.CONTACTED);
    assertThat(story().lead().reached()).doesNotContainKey(Milestone.REPLIED);
  }

  @Test
  void aBookedLeadStaysBooked() {
    at(Stage.BOOKED);
    add(message("reply-1", "See you on Tuesday."));
    classify();
    assertThat(story().lead().stage()).isEqualTo(Stage.BOOKED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCrashWhileAwaitingChangesNothing(boolean aReplyWasFaster) {
    Crashes.on(platform)
        .everywhere(
            () -> {
              aContactedLead();
              if (aReplyWasFaster) {
                add(message("reply-1", "Who are you?"));
              }
            },
            () -> Events.send(new AwaitReplyHandler(), "conversations/await-reply--first-touch"));
  }

  @ParameterizedTest
  @CsvSource({
    "MESSAGE, MEETING_REQUEST, Let us talk on Tuesday.",
    "MESSAGE, QUESTION, Who are you?",
    "MESSAGE, OBJECTION, Too expensive.",
    "MESSAGE, NOT_INTERESTED, Not interested.",
    "MESSAGE, UNSUBSCRIBE, Please stop.",
    "MESSAGE, COMPLAINT, I will report you as spam.",
    "MESSAGE, OUT_OF_OFFICE, I am out of the office and back on March 9.",
    "MESSAGE, UNCLEAR, Hm.",
    "BOUNCE, BOUNCE, ",
    "COMPLAINT, COMPLAINT, ",
    "UNSUBSCRIBE, UNSUBSCRIBE, "
  })
  void aCrashWhileClassifyingChangesNothing(Reply.Kind kind, String intent, @Nullable String text) {
    Crashes.on(platform)
        .everywhere(
            () -> {
              aContactedLead();
              add(reply("reply-1", kind, text, Map.of()));
            },
            () -> {
              var answer = classify();
              assertThat(answer.path("outcome").asText()).isEqualTo(intent);
              return answer;
            });
  }

  private JsonNode classify() {
    var request = (ObjectNode) Events.read("conversations/classify-reply--question");
    return Events.send(new ClassifyReplyHandler(), request);
  }

  private void at(Stage stage) {
    platform
        .bean(Leads.class)
        .change(Samples.TENANT, LEAD, lead -> lead.at(stage, null, TestClock.START));
  }

  private void add(Reply reply) {
    platform.bean(Replies.class).add(Samples.TENANT, reply);
  }

  private Story story() {
    return platform.bean(Leads.class).story(Samples.TENANT, LEAD);
  }

  private static Reply message(String id, String text) {
    return reply(id, Reply.Kind.MESSAGE, text, Map.of());
  }

  private static Reply reply(
      String id, Reply.Kind kind, @Nullable String text, Map<String, String> headers) {
    return new Reply(
        ReplyId.of(id),
        LEAD,
        null,
        kind,
        EMAIL,
        "Re: Your fire alarm permit",
        text,
        null,
        headers,
        TestClock.START,
        null,
        null,
        null,
        null,
        0);
  }
}
