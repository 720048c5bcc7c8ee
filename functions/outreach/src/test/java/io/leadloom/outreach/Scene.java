package io.leadloom.outreach;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.clock.StackClock;
import io.leadloom.model.Approval;
import io.leadloom.model.ApprovalId;
import io.leadloom.model.Draft;
import io.leadloom.model.DraftId;
import io.leadloom.model.Lead;
import io.leadloom.model.PermitRow;
import io.leadloom.model.Purpose;
import io.leadloom.model.Reply;
import io.leadloom.model.ReplyId;
import io.leadloom.model.Stage;
import io.leadloom.model.Story;
import io.leadloom.model.Touch;
import io.leadloom.platform.Approvals;
import io.leadloom.platform.Drafts;
import io.leadloom.platform.Json;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Permits;
import io.leadloom.platform.Replies;
import io.leadloom.platform.Tenants;
import io.leadloom.simulators.SimulatedCredentials;
import io.leadloom.simulators.SimulatorOptions;
import io.leadloom.simulators.Simulators;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import io.leadloom.testkit.TestClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A lead with an approved draft, and simulated mail providers. */
final class Scene implements AutoCloseable {

  static final DraftId DRAFT = DraftId.of("draft-first");

  final Platform platform;
  private final StackClock clock = StackClock.startingAt(TestClock.START, 0.001);
  private final Simulators simulators;

  Scene(Platform platform, Path folder) {
    this.platform = platform;
    // Nobody listens to webhooks here.
    simulators =
        Simulators.start(
            new SimulatorOptions(folder, 0, clock, 7, URI.create("http://127.0.0.1:9")));
    platform.setting("AWS_ENDPOINT_URL_SESV2", simulators.baseUrl() + "/ses");
    platform.providersAt(simulators.baseUrl());
    platform.credentials(Samples.TENANT, SimulatedCredentials.of(Samples.TENANT.value()).toJson());
    platform.bean(Tenants.class).create(Samples.tenant());
    raise(Samples.enrichedLead());
    approved(draft(DRAFT, Purpose.FIRST_TOUCH, 1));
  }

  void raise(Lead lead) {
    var row =
        new PermitRow(
            lead.id().value(),
            "hash",
            "austin",
            "FA-1",
            PermitRow.Fate.LEAD,
            "permit.fire-alarm",
            lead.id(),
            "run-1",
            1,
            TestClock.START);
    platform.bean(Permits.class).raise(Samples.TENANT, row, lead, Samples.signal());
    change(Stage.SCHEDULED);
  }

  void change(Stage stage) {
    leads()
        .change(
            Samples.TENANT,
            Samples.lead().id(),
            lead -> lead.at(stage, null, platform.clock().instant()));
  }

  static Draft draft(DraftId id, Purpose purpose, int step) {
    return draft(id, purpose, step, body("Would a call on Tuesday suit you?"), null);
  }

  static Draft draft(
      DraftId id, Purpose purpose, int step, String body, @Nullable DraftId revises) {
    var subject = "Your fire alarm permit";
    return new Draft(
        id,
        Samples.lead().id(),
        purpose,
        step,
        subject,
        body,
        revises == null ? "template:first" : "person:dana",
        List.of(),
        null,
        revises,
        null,
        Draft.hashOf(subject, body),
        TestClock.START);
  }

  static String body(String text) {
    return text
        + "\n\nDana Reyes\nAcme Fire Safety\n100 Sample Street, Austin, TX 78701\n\n"
        + "To opt out, answer with the word stop.";
  }

  void approved(Draft draft) {
    platform.bean(Drafts.class).add(Samples.TENANT, draft);
    platform.bean(Approvals.class).open(Samples.TENANT, approval(draft, draft.id()));
  }

  static Approval approval(Draft shown, DraftId sendable) {
    return new Approval(
            ApprovalId.of("approval-of-" + shown.id().value()),
            shown.lead(),
            shown.id(),
            shown.contentHash(),
            Approval.Status.PENDING,
            70,
            "token",
            TestClock.START,
            TestClock.START.plusSeconds(86_400),
            null,
            null,
            null,
            null,
            null,
            null,
            0)
        .decided(Approval.Status.APPROVED, "dana", sendable, null, TestClock.START);
  }

  Reply replied(String id) {
    var reply =
        new Reply(
            ReplyId.of(id),
            Samples.lead().id(),
            null,
            Reply.Kind.MESSAGE,
            Samples.contact().email(),
            "Re: Your fire alarm permit",
            "Who are you?",
            "<their-mail@brightwater-builders.example>",
            Map.of(),
            platform.clock().instant(),
            null,
            null,
            null,
            null,
            0);
    platform.bean(Replies.class).add(Samples.TENANT, reply);
    return reply;
  }

  PlanTouch.Outcome plan(DraftId draft) {
    return platform.bean(PlanTouch.class).run(Samples.TENANT, Samples.lead().id(), draft);
  }

  /** Plans the draft and moves the clock to the moment. */
  Touch planned(DraftId draft) {
    var planned = (PlanTouch.Outcome.Planned) plan(draft);
    if (planned.sendAt().isAfter(platform.clock().instant())) {
      platform.clock().set(planned.sendAt());
    }
    return story().touches().stream()
        .filter(t -> t.id().equals(planned.touch()))
        .findFirst()
        .orElseThrow();
  }

  SendTouch.Outcome send(Touch touch) {
    return platform
        .bean(SendTouch.class)
        .run(Samples.TENANT, Samples.lead().id(), touch.draft(), touch.id());
  }

  Story story() {
    return leads().story(Samples.TENANT, Samples.lead().id());
  }

  Touch touch() {
    return story().touches().getLast();
  }

  Leads leads() {
    return platform.bean(Leads.class);
  }

  /** Adds an entry to the fault script of the simulators. */
  void fault(Map<String, Object> fault) {
    call("POST", "/_faults", Json.write(fault));
  }

  /** How many messages reached somebody. */
  long effects() {
    var journal = Json.tree(call("GET", "/_journal", ""));
    return StreamSupport.stream(journal.spliterator(), false)
        .filter(line -> line.path("effect").asText().startsWith("message:"))
        .count();
  }

  /** The last message that reached somebody. */
  JsonNode lastMessage() {
    var messages = Json.tree(call("GET", "/_messages", ""));
    return messages.get(messages.size() - 1);
  }

  private byte[] call(String method, String path, String body) {
    try (var http = HttpClient.newHttpClient()) {
      var answer =
          http.send(
              HttpRequest.newBuilder(simulators.baseUrl().resolve(path))
                  .method(method, HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(new String(answer.body(), StandardCharsets.UTF_8));
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    simulators.close();
    clock.close();
  }
}
