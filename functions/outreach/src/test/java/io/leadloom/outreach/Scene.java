package io.leadloom.outreach;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.Approval;
import io.leadloom.model.ApprovalId;
import io.leadloom.model.Draft;
import io.leadloom.model.DraftId;
import io.leadloom.model.Lead;
import io.leadloom.model.Purpose;
import io.leadloom.model.Reply;
import io.leadloom.model.ReplyId;
import io.leadloom.model.Stage;
import io.leadloom.model.Story;
import io.leadloom.model.Tenant;
import io.leadloom.model.Touch;
import io.leadloom.platform.Approvals;
import io.leadloom.platform.Drafts;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Replies;
import io.leadloom.platform.Tenants;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import io.leadloom.testkit.TestClock;
import io.leadloom.testkit.ThirdParties;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A lead with an approved draft, and simulated mail providers. */
final class Scene {

  static final DraftId DRAFT = DraftId.of("draft-first");

  final Platform platform;
  private final ThirdParties thirdParties;

  Scene(Platform platform) {
    this.platform = platform;
    thirdParties = platform.withThirdParties();
    platform.bean(Tenants.class).create(Samples.tenant());
    raise(Samples.enrichedLead());
    approved(draft(DRAFT, Purpose.FIRST_TOUCH, 1));
  }

  void raise(Lead lead) {
    platform.raise(lead);
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
    return Approval.asked(
            ApprovalId.of("approval-of-" + shown.id().value()),
            shown.lead(),
            shown.id(),
            shown.contentHash(),
            70,
            "token",
            TestClock.START,
            TestClock.START.plusSeconds(86_400))
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
    thirdParties.fault(fault);
  }

  /** How many messages reached somebody. */
  long effects() {
    return thirdParties.effects().stream().filter(e -> e.startsWith("message:")).count();
  }

  /** The last message that reached somebody. */
  JsonNode lastMessage() {
    return thirdParties.messages().getLast();
  }

  /** Lets the tenant send through a provider. */
  void through(String provider) {
    var tenants = platform.bean(Tenants.class);
    var t = tenants.get(Samples.TENANT);
    var s = t.sender();
    tenants.change(
        new Tenant(
            t.id(),
            t.name(),
            t.pack(),
            t.mode(),
            t.autoApproveAt(),
            t.approvers(),
            new Tenant.Sender(
                provider,
                s.name(),
                s.company(),
                s.email(),
                s.domain(),
                s.replyDomain(),
                s.postalAddress()),
            t.subscription(),
            t.dailyLimit(),
            t.rev()));
  }
}
