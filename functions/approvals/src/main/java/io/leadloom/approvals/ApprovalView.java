package io.leadloom.approvals;

import io.leadloom.model.Approval;
import io.leadloom.model.Draft;
import io.leadloom.model.Reply;
import io.leadloom.model.Story;
import io.leadloom.model.Tenant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an approver needs to know of a draft, as text.
 *
 * @param reasons of the points of the score, those that count first
 * @param rules code rules that the message may cite
 * @param reply what the prospect wrote, where the draft answers it
 */
public record ApprovalView(
    String company,
    String contact,
    String recipient,
    String sender,
    String signal,
    String score,
    List<String> reasons,
    List<String> rules,
    @Nullable String reply,
    String author,
    String expires) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEEE d MMMM, HH:mm zzz", Locale.ENGLISH);

  static ApprovalView of(Tenant tenant, Story story, Draft draft, Approval approval) {
    var lead = story.lead();
    var contact = lead.contact();
    var zone = lead.zone() == null ? ZoneOffset.UTC : ZoneId.of(lead.zone());
    return new ApprovalView(
        lead.company().name(),
        contact == null
            ? "unknown"
            : contact.firstName()
                + " "
                + contact.lastName()
                + (contact.title() == null ? "" : ", " + contact.title()),
        contact == null ? "unknown" : contact.email(),
        tenant.sender().name() + ", " + tenant.sender().company(),
        story.signals().isEmpty()
            ? "none"
            : story.signals().getLast().permit().type()
                + " "
                + story.signals().getLast().permit().number()
                + " ("
                + story.signals().getLast().reason()
                + ")",
        lead.score() == null ? "none" : lead.score() + " of 100, " + lead.tier(),
        reasons(story),
        story.research().isEmpty()
            ? List.of()
            : story.research().getLast().rules().stream()
                .map(rule -> rule.citation() + ": " + rule.title())
                .toList(),
        story.replies().stream()
            .filter(reply -> reply.id().equals(draft.replyId()))
            .findFirst()
            .map(Reply::text)
            .orElse(null),
        draft.author(),
        TIME.withZone(zone).format(approval.expiresAt()));
  }

  private static List<String> reasons(Story story) {
    if (story.scores().isEmpty()) {
      return List.of();
    }
    return story.scores().getLast().components().stream()
        .flatMap(component -> component.reasons().stream())
        .filter(reason -> reason.points() != 0)
        .sorted((a, b) -> Integer.compare(Math.abs(b.points()), Math.abs(a.points())))
        .map(reason -> "%+d %s".formatted(reason.points(), reason.text()))
        .toList();
  }
}
