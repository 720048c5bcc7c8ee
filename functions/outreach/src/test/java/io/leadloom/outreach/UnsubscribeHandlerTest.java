package io.leadloom.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.model.Reply;
import io.leadloom.model.TouchId;
import io.leadloom.platform.Replies;
import io.leadloom.platform.Suppressions;
import io.leadloom.platform.UnsubscribeLinks;
import io.leadloom.testkit.Crashes;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import io.leadloom.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UnsubscribeHandlerTest {

  private static final String EMAIL = Samples.contact().email();

  @RegisterExtension final Platform platform = new Platform();

  private Scene scene;

  @BeforeEach
  void open() {
    scene = new Scene(platform);
    platform
        .bean(Replies.class)
        .await(
            Samples.TENANT,
            Samples.lead().id(),
            new Replies.Waiting(TouchId.of("touch-1"), "waiting-token", TestClock.START));
  }

  @Test
  void aMailScannersGetChangesNothing() {
    var answer = send("unsubscribe--page", token());
    assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
    assertThat(answer.path("body").asText()).contains("<form method=\"post\">");
    assertThat(platform.bean(Suppressions.class).match(Samples.TENANT, EMAIL)).isEmpty();
    assertThat(scene.story().replies()).isEmpty();
  }

  @Test
  void oneClickSuppressesAndTellsTheWaitingExecution() {
    var answer = send("unsubscribe--one-click", token());
    assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
    assertThat(platform.bean(Suppressions.class).match(Samples.TENANT, EMAIL))
        .hasValueSatisfying(rule -> assertThat(rule.reason()).isEqualTo("opt-out.link"));
    var reply = scene.story().replies().getFirst();
    assertThat(reply.kind()).isEqualTo(Reply.Kind.UNSUBSCRIBE);
    assertThat(platform.aws().calls("SendTaskSuccess"))
        .singleElement()
        .satisfies(call -> {
          assertThat(call.path("taskToken").asText()).isEqualTo("waiting-token");
          assertThat(call.path("output").asText())
              .isEqualTo("{\"replyId\":\"" + reply.id() + "\"}");
        });
  }

  @Test
  void aSecondClickIsWelcomeAndChangesNothing() {
    send("unsubscribe--one-click", token());
    var before = scene.story();
    var answer = send("unsubscribe--one-click", token());
    assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
    assertThat(scene.story()).isEqualTo(before);
  }

  @Test
  void whatWaitsToBeSentIsStopped() {
    var touch = scene.planned(Scene.DRAFT);
    send("unsubscribe--one-click", token());
    assertThat(scene.send(touch)).isInstanceOf(SendTouch.Outcome.Replied.class);
    assertThat(scene.effects()).isZero();
  }

  @Test
  void aForgedTokenOptsNobodyOut() {
    var answer = send("unsubscribe--one-click", token().replaceFirst(".$", "!"));
    assertThat(answer.path("statusCode").asInt()).isEqualTo(404);
    assertThat(answer.path("body").asText()).contains("answer the message with the word");
    assertThat(scene.story().replies()).isEmpty();
  }

  @Test
  void aCrashAnywhereChangesNothing() {
    Crashes.on(platform).everywhere(this::open, () -> send("unsubscribe--one-click", token()));
  }

  private JsonNode send(String event, String token) {
    var payload = (ObjectNode) Events.read("outreach/" + event);
    payload.withObject("/pathParameters").put("token", token);
    return Events.send(new UnsubscribeHandler(), payload);
  }

  private String token() {
    var link =
        platform.bean(UnsubscribeLinks.class).of(Samples.TENANT, Samples.lead().id()).toString();
    return link.substring(link.lastIndexOf('/') + 1);
  }
}
