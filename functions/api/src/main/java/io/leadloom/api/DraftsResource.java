package io.leadloom.api;

import io.leadloom.model.Draft;
import io.leadloom.model.DraftId;
import io.leadloom.model.LeadId;
import io.leadloom.model.Permission;
import io.leadloom.model.Purpose;
import io.leadloom.platform.Drafts;
import io.leadloom.platform.Leads;
import io.leadloom.rest.About;
import io.leadloom.rest.Answer;
import io.leadloom.rest.Call;
import io.leadloom.rest.None;
import io.leadloom.rest.Operation;
import io.leadloom.rest.Resource;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The messages that were proposed for a lead. They never change; a revision is another draft. */
@Singleton
final class DraftsResource implements Resource {

  private final Leads leads;
  private final Drafts drafts;

  DraftsResource(Leads leads, Drafts drafts) {
    this.leads = leads;
    this.drafts = drafts;
  }

  @Override
  public List<Operation<?, ?, ?>> operations() {
    return List.of(
        Operation.get("/leads/{leadId}/drafts", "listDrafts")
            .does("Lists the drafts of a lead, oldest first", Permission.READ_APPROVALS)
            .answers(DraftList.class, 200)
            .by(call -> {
              var lead = leads.get(call.tenant(), lead(call)).id();
              return Answer.ok(
                  new DraftList(
                      drafts.of(call.tenant(), lead).stream().map(LeadDraftView::of).toList()));
            }),
        Operation.get("/leads/{leadId}/drafts/{draftId}", "getDraft")
            .does("Shows a draft", Permission.READ_APPROVALS)
            .answers(LeadDraftView.class, 200)
            .by(call ->
                Answer.ok(
                    LeadDraftView.of(
                        drafts.get(call.tenant(), lead(call), DraftId.of(call.id("draftId")))))));
  }

  private static LeadId lead(Call<None, None> call) {
    return LeadId.of(call.id("leadId"));
  }

  /** A draft, as the API shows it. */
  record LeadDraftView(
      String id,
      String leadId,
      Purpose purpose,
      @About("Which message of its purpose, from 1") int step,
      String subject,
      String body,
      @About("What wrote it: a template, a model or a person") String author,
      @About("What the text relies upon") List<String> facts,
      @About("The reply it answers") @Nullable String replyId,
      @About("The draft it takes the place of") @Nullable String revises,
      @About("What the reviser asked for") @Nullable String note,
      Instant at) {

    static LeadDraftView of(Draft draft) {
      return new LeadDraftView(
          draft.id().value(),
          draft.lead().value(),
          draft.purpose(),
          draft.step(),
          draft.subject(),
          draft.body(),
          draft.author(),
          draft.facts(),
          draft.replyId() == null ? null : Objects.toString(draft.replyId()),
          draft.revises() == null ? null : Objects.toString(draft.revises()),
          draft.note(),
          draft.at());
    }
  }

  /** The drafts of a lead. */
  record DraftList(List<LeadDraftView> drafts) {}
}
