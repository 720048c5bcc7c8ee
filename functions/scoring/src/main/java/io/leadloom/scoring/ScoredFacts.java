package io.leadloom.scoring;

import io.leadloom.model.Company;
import io.leadloom.model.Contact;
import io.leadloom.model.Reply;
import io.leadloom.model.Story;
import io.leadloom.model.Suppression;
import io.leadloom.model.Touch;
import io.leadloom.packs.CodeRule;
import io.leadloom.packs.Pack;
import io.leadloom.packs.PermitFacts;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a score is made of.
 *
 * @param urgency of the most pressing permit, 0 to 1
 * @param competitor whether the company sells what the tenant sells
 * @param bouncedBefore whether a message to this contact came back
 * @param suppression the standing rule that forbids contact
 */
record ScoredFacts(
    Company company,
    @Nullable Contact contact,
    List<PermitFacts> permits,
    double urgency,
    boolean competitor,
    boolean bouncedBefore,
    Optional<Suppression> suppression) {

  ScoredFacts {
    permits = List.copyOf(permits);
  }

  /** The facts of a lead, as its pack reads them. */
  static ScoredFacts of(Story story, Optional<Suppression> suppression, Pack pack) {
    var company = story.lead().company();
    var permits = story.signals().stream().map(signal -> PermitFacts.of(signal.permit())).toList();
    return new ScoredFacts(
        company,
        story.lead().contact(),
        permits,
        permits.stream().mapToDouble(permit -> urgency(permit, company, pack)).max().orElse(0),
        pack.company().isCompetitor(company.name()),
        bounced(story),
        suppression);
  }

  private static double urgency(PermitFacts permit, Company company, Pack pack) {
    var state = Optional.ofNullable(company.state()).orElse("");
    var rules =
        pack.research().rules().stream().filter(rule -> rule.appliesTo(permit, state)).toList();
    var gaps = rules.stream().map(CodeRule::gaps).flatMap(List::stream).distinct().count();
    return pack.scoring()
        .urgency()
        .of(permit, pack.permits().statuses().of(permit), rules.size(), (int) gaps);
  }

  private static boolean bounced(Story story) {
    return story.touches().stream().anyMatch(t -> t.status() == Touch.Status.BOUNCED)
        || story.replies().stream().anyMatch(r -> r.kind() == Reply.Kind.BOUNCE);
  }
}
