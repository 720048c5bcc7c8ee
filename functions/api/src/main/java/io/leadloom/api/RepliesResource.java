package io.leadloom.api;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.LeadId;
import io.leadloom.model.Permission;
import io.leadloom.model.Reply;
import io.leadloom.model.ReplyId;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Replies;
import io.leadloom.rest.About;
import io.leadloom.rest.Answer;
import io.leadloom.rest.Call;
import io.leadloom.rest.Cursor;
import io.leadloom.rest.None;
import io.leadloom.rest.Operation;
import io.leadloom.rest.Resource;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What prospects wrote when nothing of their lead was under way any more: only people answer it.
 */
@Singleton
final class RepliesResource implements Resource {

  private static final String LIST = "replies";

  private final Replies replies;
  private final Leads leads;
  private final Clock clock;

  RepliesResource(Replies replies, Leads leads, Clock clock) {
    this.replies = replies;
    this.leads = leads;
    this.clock = clock;
  }

  @Override
  public List<Operation<?, ?, ?>> operations() {
    return List.of(
        Operation.get("/replies", "listReplies")
            .does("Lists the replies that wait for a person, latest first", Permission.READ_LEADS)
            .query(PageQuery.class)
            .answers(ReplyPage.class, 200)
            .by(this::list),
        Operation.get("/leads/{leadId}/replies/{replyId}", "getReply")
            .does("Shows a reply", Permission.READ_LEADS)
            .answers(ReplyView.class, 200)
            .by(call -> Answer.ok(ReplyView.of(reply(call)))),
        Operation.post("/leads/{leadId}/replies/{replyId}/done", "finishReply")
            .does(
                "Notes that a person has dealt with a reply, so that it waits no longer",
                Permission.WRITE_LEADS)
            .answers(ReplyView.class, 200)
            .by(this::finish));
  }

  private Answer<ReplyPage> list(Call<PageQuery, None> call) {
    var most = call.query().most();
    var read = replies.unhandled(call.tenant(), Cursor.position(LIST, call.query().cursor()), most);
    var next = read.size() < most ? null : Replies.place(call.tenant(), read.getLast());
    return Answer.ok(
        new ReplyPage(
            read.stream()
                .filter(reply ->
                    leads
                        .find(call.tenant(), reply.lead())
                        .filter(reply::waitsForPerson)
                        .isPresent())
                .map(ReplyView::of)
                .toList(),
            Cursor.of(LIST, next)));
  }

  private Answer<ReplyView> finish(Call<None, None> call) {
    var reply = reply(call);
    if (reply.handledAt() != null) {
      return Answer.ok(ReplyView.of(reply));
    }
    if (!reply.waitsForPerson(leads.get(call.tenant(), reply.lead()))) {
      return Answer.refused(
          422, "reply.not-waiting", "This reply is taken up by itself; it waits for no person");
    }
    var now = clock.instant();
    replies.change(
        call.tenant(),
        reply.dealtWith(now),
        new AuditEntry(now, call.caller().actor(), "reply.done", reply.id().value(), ""));
    return Answer.ok(ReplyView.of(reply(call)));
  }

  private Reply reply(Call<None, None> call) {
    return replies.get(call.tenant(), LeadId.of(call.id("leadId")), ReplyId.of(call.id("replyId")));
  }

  /** A reply, as the API shows it. */
  record ReplyView(
      String id,
      String leadId,
      Reply.Kind kind,
      @Nullable String from,
      @Nullable String subject,
      @About("Without the quoted original") @Nullable String text,
      Instant receivedAt,
      Reply.@Nullable Intent intent,
      @About("When it was taken up, or dealt with") @Nullable Instant handledAt) {

    static ReplyView of(Reply reply) {
      return new ReplyView(
          reply.id().value(),
          reply.lead().value(),
          reply.kind(),
          reply.from(),
          reply.subject(),
          reply.text(),
          reply.receivedAt(),
          reply.intent(),
          reply.handledAt());
    }
  }

  /** Replies of a list. */
  record ReplyPage(
      List<ReplyView> replies,
      @About("Cursor of what follows; absent at the end") @Nullable String next) {}
}
