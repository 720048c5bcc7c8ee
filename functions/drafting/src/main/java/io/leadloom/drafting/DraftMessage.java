package io.leadloom.drafting;

import io.leadloom.drafting.MessageWriter.Result;
import io.leadloom.drafting.MessageWriter.Tokens;
import io.leadloom.model.AuditEntry;
import io.leadloom.model.Cost;
import io.leadloom.model.Draft;
import io.leadloom.model.DraftId;
import io.leadloom.model.Ids;
import io.leadloom.model.LeadId;
import io.leadloom.model.Milestone;
import io.leadloom.model.Purpose;
import io.leadloom.model.Reply;
import io.leadloom.model.ReplyId;
import io.leadloom.model.Story;
import io.leadloom.model.Tenant;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.NotFoundException;
import io.leadloom.packs.MessageChecks;
import io.leadloom.packs.MessageChecks.Problem;
import io.leadloom.packs.MessageFooter;
import io.leadloom.packs.Pack;
import io.leadloom.packs.Packs;
import io.leadloom.packs.ProposedMessage;
import io.leadloom.packs.QuestionKind;
import io.leadloom.packs.TemplateKind;
import io.leadloom.platform.Audit;
import io.leadloom.platform.Drafts;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Tenants;
import io.leadloom.platform.UnsubscribeLinks;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes a message for a lead and keeps it as a draft. A model writes where one is configured;
 * where it fails, or its text does not pass the checks, a template does.
 */
@Singleton
final class DraftMessage {

  private final Tenants tenants;
  private final Leads leads;
  private final Drafts drafts;
  private final UnsubscribeLinks unsubscribeLinks;
  private final Audit audit;
  private final ChatModels models;
  private final TemplateWriter templates;
  private final Packs packs;
  private final Clock clock;

  DraftMessage(
      Tenants tenants,
      Leads leads,
      Drafts drafts,
      UnsubscribeLinks unsubscribeLinks,
      Audit audit,
      ChatModels models,
      TemplateWriter templates,
      Packs packs,
      Clock clock) {
    this.tenants = tenants;
    this.leads = leads;
    this.drafts = drafts;
    this.unsubscribeLinks = unsubscribeLinks;
    this.audit = audit;
    this.models = models;
    this.templates = templates;
    this.packs = packs;
    this.clock = clock;
  }

  /**
   * Which message.
   *
   * @param step which of its purpose, from 1
   * @param reply the one it answers
   * @param revises the draft it takes the place of
   * @param note what the reviser asks for
   */
  record Order(
      TenantId tenant,
      LeadId lead,
      Purpose purpose,
      int step,
      @Nullable ReplyId reply,
      @Nullable DraftId revises,
      @Nullable String note) {

    /** The same order names the same draft, however often it is given. */
    DraftId draftId() {
      return DraftId.of(
          Ids.derive(
              "draft",
              lead.value(),
              purpose.name(),
              Integer.toString(step),
              reply == null ? "" : reply.value(),
              revises == null ? "" : revises.value()));
    }
  }

  /** What came of it. */
  sealed interface Outcome {

    /** A draft that passes the checks. */
    record Drafted(DraftId draft) implements Outcome {}

    /** Nothing could be written that passes. */
    record Refused(List<Problem> problems) implements Outcome {}
  }

  Outcome run(Order order) {
    var existing = drafts.find(order.tenant(), order.lead(), order.draftId());
    return existing.isPresent() ? kept(order, existing.get()) : written(order);
  }

  private Outcome written(Order order) {
    var now = clock.instant();
    var tenant = tenants.get(order.tenant());
    var story = leads.story(order.tenant(), order.lead());
    var pack = packs.load(story.lead().pack());
    var brief = brief(order, story, tenant, pack, now);
    var footer =
        MessageFooter.of(
            pack.drafting(), tenant.sender(), unsubscribeLinks.of(order.tenant(), order.lead()));
    var result = write(order, brief, tenant, footer);
    charge(order, result.tokens(), now);
    return switch (result) {
      case Result.Written message -> kept(order, draft(order, brief, message, footer, now));
      case Result.Refused refused -> refused(order, refused.problems(), now);
    };
  }

  private Result write(Order order, Brief brief, Tenant tenant, String footer) {
    var optOut = unsubscribeLinks.of(order.tenant(), order.lead());
    MessageWriter.Check check =
        (subject, text) ->
            MessageChecks.ofMachine(
                new ProposedMessage(
                    brief.kind(),
                    subject,
                    MessageFooter.under(text, footer),
                    brief.facts().lines(),
                    tenant.sender(),
                    optOut),
                brief.rules());
    var model = models.of(order.tenant());
    if (model.isEmpty()) {
      return templates.write(brief, check);
    }
    var byModel = new ModelWriter(model.get().id(), model.get().model()).write(brief, check);
    return switch (byModel) {
      case Result.Written written -> written;
      case Result.Refused refused -> {
        note(order, "draft.model-refused", refused.problems(), clock.instant());
        yield withTokens(templates.write(brief, check), refused.tokens());
      }
    };
  }

  private static Result withTokens(Result result, Tokens tokens) {
    return switch (result) {
      case Result.Written w -> new Result.Written(w.author(), w.subject(), w.text(), tokens);
      case Result.Refused r -> new Result.Refused(r.problems(), tokens);
    };
  }

  private static Brief brief(Order order, Story story, Tenant tenant, Pack pack, Instant now) {
    var reply = Optional.ofNullable(order.reply()).map(id -> reply(story, id));
    var text = reply.map(Reply::text);
    var revised = Optional.ofNullable(order.revises()).map(id -> draft(story, id));
    Optional<String> thread =
        order.purpose() == Purpose.FIRST_TOUCH ? Optional.empty() : thread(story);
    return new Brief(
        order.tenant(),
        order.lead(),
        TemplateKind.of(order.purpose(), order.step()),
        MessageFacts.of(
            story, tenant, pack, reply.orElse(null), order.note(), thread.orElse(null), now),
        pack.drafting(),
        thread,
        text.map(pack.drafting()::questionKind).orElse(QuestionKind.GENERAL),
        text,
        story.drafts(),
        revised,
        Optional.ofNullable(order.note()).filter(note -> !note.isBlank()));
  }

  /** The subject of the message that began the conversation, as a reply to it. */
  private static Optional<String> thread(Story story) {
    return story.touches().stream()
        .findFirst()
        .map(touch -> draft(story, touch.draft()))
        .or(() ->
            story.drafts().stream()
                .filter(draft -> draft.purpose() == Purpose.FIRST_TOUCH)
                .reduce((first, second) -> second))
        .map(first -> "Re: " + first.subject());
  }

  private static Reply reply(Story story, ReplyId id) {
    return story.replies().stream()
        .filter(reply -> reply.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> new NotFoundException("reply.not-found", "There is no reply '" + id + "'"));
  }

  private static Draft draft(Story story, DraftId id) {
    return story.drafts().stream()
        .filter(draft -> draft.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> new NotFoundException("draft.not-found", "There is no draft '" + id + "'"));
  }

  private static Draft draft(
      Order order, Brief brief, Result.Written message, String footer, Instant now) {
    var body = MessageFooter.under(message.text(), footer);
    return new Draft(
        order.draftId(),
        order.lead(),
        order.purpose(),
        order.step(),
        message.subject(),
        body,
        message.author(),
        brief.facts().lines(),
        order.reply(),
        order.revises(),
        order.note(),
        Draft.hashOf(message.subject(), body),
        now);
  }

  private Outcome kept(Order order, Draft draft) {
    drafts.add(order.tenant(), draft);
    leads.change(
        order.tenant(),
        order.lead(),
        lead ->
            lead.reached().containsKey(Milestone.DRAFTED)
                ? lead
                : lead.reaching(Milestone.DRAFTED, draft.at()));
    return new Outcome.Drafted(draft.id());
  }

  private Outcome refused(Order order, List<Problem> problems, Instant now) {
    note(order, "draft.refused", problems, now);
    return new Outcome.Refused(problems);
  }

  private void note(Order order, String action, List<Problem> problems, Instant now) {
    var why = problems.stream().map(Problem::text).distinct().collect(Collectors.joining("; "));
    audit.record(
        order.tenant(),
        new AuditEntry(now, "step:draft-message", action, order.draftId().value(), why));
  }

  private void charge(Order order, Tokens tokens, Instant now) {
    if (tokens.equals(Tokens.NONE)) {
      return;
    }
    var costs = packs.costs();
    leads.add(
        order.tenant(),
        order.lead(),
        new Cost(
            Ids.derive("cost", order.draftId().value(), "model"),
            tokens.input() + " tokens read and " + tokens.output() + " written for a draft",
            "model",
            costs.microUsd("model.input-token", tokens.input())
                + costs.microUsd("model.output-token", tokens.output()),
            now));
  }
}
