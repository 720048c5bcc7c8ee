package io.leadloom.api;

import io.leadloom.model.Approval;
import io.leadloom.model.ApprovalId;
import io.leadloom.model.Draft;
import io.leadloom.model.DraftId;
import io.leadloom.model.Lead;
import io.leadloom.model.Purpose;
import io.leadloom.model.Reply;
import io.leadloom.model.ReplyId;
import io.leadloom.model.Stage;
import io.leadloom.platform.Approvals;
import io.leadloom.platform.Drafts;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Replies;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Drafts of the sample lead that wait for a decision. */
final class Waiting {

  static final ReplyId REPLY = ReplyId.of("reply-1");

  private Waiting() {}

  /** The sample lead with company and contact. */
  static Lead enriched(Platform platform) {
    var now = platform.clock().instant();
    return platform
        .bean(Leads.class)
        .change(
            Samples.TENANT,
            Samples.lead().id(),
            lead ->
                lead.enriched(
                    Samples.enrichedCompany(), Samples.contact(), "America/Chicago", now));
  }

  /** A reply to the sample lead, which has ended: only a person will answer it. */
  static ReplyId reply(Platform platform) {
    var now = platform.clock().instant();
    var leads = platform.bean(Leads.class);
    leads.change(
        Samples.TENANT, Samples.lead().id(), lead -> lead.at(Stage.CLOSED, "touch.silent", now));
    platform
        .bean(Replies.class)
        .add(
            Samples.TENANT,
            new Reply(
                REPLY,
                Samples.lead().id(),
                null,
                Reply.Kind.MESSAGE,
                "morgan@brightwater.example",
                "Re: Your permit",
                "Could you call us next week? Brightwater",
                "<m1@brightwater.example>",
                Map.of(),
                now,
                null,
                null,
                null,
                null,
                0));
    return REPLY;
  }

  /** One more: {@code approval-<number>}, waited for with the token {@code token-<number>}. */
  static ApprovalId approval(Platform platform, int number) {
    var now = platform.clock().instant();
    var id = ApprovalId.of("approval-" + number);
    var subject = "Your permit";
    var body = "Hello Morgan,\n\nyour permit asks for an acceptance test.";
    var draft =
        new Draft(
            DraftId.of("draft-" + number),
            Samples.lead().id(),
            Purpose.FIRST_TOUCH,
            1,
            subject,
            body,
            "template:first",
            List.of("permit=FA-1"),
            null,
            null,
            null,
            Draft.hashOf(subject, body),
            now);
    platform.bean(Drafts.class).add(Samples.TENANT, draft);
    platform
        .bean(Approvals.class)
        .open(
            Samples.TENANT,
            Approval.asked(
                id,
                draft.lead(),
                draft.id(),
                draft.contentHash(),
                70,
                "token-" + number,
                now,
                now.plus(Duration.ofDays(3))));
    platform.clock().advance(Duration.ofSeconds(1));
    return id;
  }
}
