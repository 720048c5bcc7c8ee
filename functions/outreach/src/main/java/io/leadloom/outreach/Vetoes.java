package io.leadloom.outreach;

import io.leadloom.model.Approval;
import io.leadloom.model.Campaign;
import io.leadloom.model.Draft;
import io.leadloom.model.Lead;
import io.leadloom.model.Milestone;
import io.leadloom.model.Purpose;
import io.leadloom.model.Stage;
import io.leadloom.model.Subscription;
import io.leadloom.model.Suppression;
import io.leadloom.model.Tenant;
import io.leadloom.model.Touch;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What forbids a message at the last moment, each rule with the code of its reason. The rules see
 * fresh state only; the first that objects decides.
 */
final class Vetoes {

  private static final Pattern OPT_OUT =
      Pattern.compile("\\b(unsubscribe|opt[- ]?out|stop)\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private static final List<Function<Facts, Optional<String>>> RULES =
      List.of(
          Vetoes::tenantIsGone,
          Vetoes::subscriptionHasEnded,
          Vetoes::addressIsSuppressed,
          Vetoes::leadHasEnded,
          Vetoes::campaignHasEnded,
          Vetoes::addressHasChanged,
          Vetoes::senderHasChanged,
          Vetoes::draftIsNotApproved,
          Vetoes::senderIsNotNamed,
          Vetoes::optOutIsMissing);

  private Vetoes() {}

  /**
   * The state at the moment of sending.
   *
   * @param suppression a rule that forbids the address, of the tenant or of the platform
   * @param approvals all of the lead
   * @param optOutLink the recipient's own
   */
  record Facts(
      Optional<Tenant> tenant,
      Lead lead,
      Optional<Campaign> campaign,
      Draft draft,
      Touch touch,
      Optional<Suppression> suppression,
      List<Approval> approvals,
      String optOutLink,
      Instant now) {

    Subscription.Standing standing() {
      return tenant
          .map(known -> known.subscription().standing(now))
          .orElse(Subscription.Standing.ENDED);
    }
  }

  /** The code of what forbids the message, if anything does. */
  static Optional<String> first(Facts facts) {
    return RULES.stream().flatMap(rule -> rule.apply(facts).stream()).findFirst();
  }

  /** The code of a suppression as a reason not to send. */
  static String suppressed(Suppression rule) {
    return "suppressed." + rule.reason();
  }

  private static Optional<String> tenantIsGone(Facts facts) {
    return when(facts.tenant().isEmpty(), "tenant.gone");
  }

  private static Optional<String> subscriptionHasEnded(Facts facts) {
    return when(
        facts.draft().purpose().isUnasked() && facts.standing() == Subscription.Standing.ENDED,
        "subscription.ended");
  }

  private static Optional<String> addressIsSuppressed(Facts facts) {
    return facts.suppression().map(Vetoes::suppressed);
  }

  /** A booked lead has ended as well, but its confirmation is still due. */
  private static Optional<String> leadHasEnded(Facts facts) {
    var lead = facts.lead();
    if (lead.stage() == Stage.SUPPRESSED) {
      return Optional.of("suppressed.lead");
    }
    if (lead.isDeleted()) {
      return Optional.of("lead.deleted");
    }
    var confirms =
        facts.draft().purpose() == Purpose.CONFIRMATION
            && lead.reached().containsKey(Milestone.BOOKED);
    return when(
        lead.settled() && !confirms, "lead." + lead.stage().name().toLowerCase(Locale.ROOT));
  }

  /** Those who answered are not left alone because a campaign is over. */
  private static Optional<String> campaignHasEnded(Facts facts) {
    return when(
        facts.draft().purpose().isUnasked()
            && (facts.campaign().isEmpty() || facts.campaign().get().hasEnded()),
        "campaign.ended");
  }

  private static Optional<String> addressHasChanged(Facts facts) {
    var contact = facts.lead().contact();
    return when(
        contact == null || !contact.email().equalsIgnoreCase(facts.touch().to()),
        "contact.changed");
  }

  private static Optional<String> senderHasChanged(Facts facts) {
    return when(
        facts.tenant().stream()
            .anyMatch(tenant -> !tenant.sender().domain().equals(facts.touch().resource())),
        "sender.changed");
  }

  private static Optional<String> draftIsNotApproved(Facts facts) {
    var draft = facts.draft();
    return when(
        !Draft.hashOf(draft.subject(), draft.body()).equals(draft.contentHash())
            || facts.approvals().stream().noneMatch(approval -> approves(approval, draft)),
        "approval.missing");
  }

  /** An approval holds for the very content it showed, or for the decider's own edit of it. */
  private static boolean approves(Approval approval, Draft draft) {
    if (approval.status() != Approval.Status.APPROVED
        || !draft.id().equals(approval.approvedDraft())) {
      return false;
    }
    return approval.draft().equals(draft.id())
        ? approval.contentHash().equals(draft.contentHash())
        : approval.draft().equals(draft.revises()) && draft.author().startsWith("person:");
  }

  private static Optional<String> senderIsNotNamed(Facts facts) {
    var body = plain(facts.draft().body());
    return when(
        facts.tenant().stream()
            .map(Tenant::sender)
            .anyMatch(sender ->
                !body.contains(plain(sender.company()))
                    || !body.contains(plain(sender.postalAddress()))),
        "draft.no-sender");
  }

  private static Optional<String> optOutIsMissing(Facts facts) {
    var body = facts.draft().body();
    return when(
        facts.draft().purpose() != Purpose.CONFIRMATION
            && !body.contains(facts.optOutLink())
            && !OPT_OUT.matcher(body).find(),
        "draft.no-opt-out");
  }

  private static String plain(String text) {
    return BLANKS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
  }

  private static Optional<String> when(boolean objection, String reason) {
    return objection ? Optional.of(reason) : Optional.empty();
  }
}
