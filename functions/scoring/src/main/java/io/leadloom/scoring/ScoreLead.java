package io.leadloom.scoring;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.Contact;
import io.leadloom.model.Lead;
import io.leadloom.model.LeadId;
import io.leadloom.model.Milestone;
import io.leadloom.model.Score;
import io.leadloom.model.Stage;
import io.leadloom.model.Story;
import io.leadloom.model.Suppression;
import io.leadloom.model.TenantId;
import io.leadloom.packs.Pack;
import io.leadloom.packs.Packs;
import io.leadloom.packs.ScoringRules;
import io.leadloom.platform.Audit;
import io.leadloom.platform.Campaigns;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Suppressions;
import io.leadloom.platform.Tenants;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/** Scores an enriched lead and decides whether it is worth a message. */
@Singleton
final class ScoreLead {

  private final Tenants tenants;
  private final Campaigns campaigns;
  private final Leads leads;
  private final Suppressions suppressions;
  private final Audit audit;
  private final Packs packs;
  private final Clock clock;

  ScoreLead(
      Tenants tenants,
      Campaigns campaigns,
      Leads leads,
      Suppressions suppressions,
      Audit audit,
      Packs packs,
      Clock clock) {
    this.tenants = tenants;
    this.campaigns = campaigns;
    this.leads = leads;
    this.suppressions = suppressions;
    this.audit = audit;
    this.packs = packs;
    this.clock = clock;
  }

  /** What the score means for the lead. */
  sealed interface Outcome {

    Score score();

    /** Worth pursuing. */
    record Qualified(Score score) implements Outcome {}

    /** Kept, not pursued. */
    record BelowBar(Score score) implements Outcome {}

    /** Must not be contacted, whatever its points. */
    record Vetoed(Score score) implements Outcome {}
  }

  Outcome run(TenantId tenant, LeadId id) {
    var story = leads.story(tenant, id);
    var pack = packs.load(story.lead().pack());
    var facts = ScoredFacts.of(story, suppression(tenant, story.lead()), pack);
    var score =
        kept(story, Scorecard.score(facts, rules(tenant, story.lead(), pack), clock.instant()));
    leads.add(tenant, id, score);
    var outcome = outcome(score, pack);
    leads.change(tenant, id, lead -> changed(lead, outcome));
    audit.record(
        tenant,
        new AuditEntry(
            score.at(), "step:score-lead", "lead.scored", id.value(), summary(outcome, pack)));
    return outcome;
  }

  /** The pack's rules, for the customers that the lead's campaign wants, or else its tenant. */
  private ScoringRules rules(TenantId tenant, Lead lead, Pack pack) {
    return campaigns
        .find(tenant, lead.campaign())
        .flatMap(campaign -> Optional.ofNullable(campaign.icp()))
        .or(() -> tenants.find(tenant).flatMap(known -> Optional.ofNullable(known.icp())))
        .map(pack.scoring()::narrowedTo)
        .orElse(pack.scoring());
  }

  private Optional<Suppression> suppression(TenantId tenant, Lead lead) {
    return Optional.ofNullable(lead.contact())
        .map(Contact::email)
        .flatMap(email -> suppressions.match(tenant, email));
  }

  /** A repeated step keeps the score it gave before, unless something changed. */
  private static Score kept(Story story, Score score) {
    if (story.scores().isEmpty()) {
      return score;
    }
    var last = story.scores().getLast();
    var same =
        new Score(
            score.points(),
            score.tier(),
            score.urgency(),
            score.components(),
            score.vetoes(),
            score.version(),
            last.at());
    return same.equals(last) ? last : score;
  }

  private static Outcome outcome(Score score, Pack pack) {
    if (!score.vetoes().isEmpty()) {
      return new Outcome.Vetoed(score);
    }
    return score.points() >= pack.scoring().qualifyAt()
        ? new Outcome.Qualified(score)
        : new Outcome.BelowBar(score);
  }

  private static Lead changed(Lead lead, Outcome outcome) {
    var score = outcome.score();
    var scored = lead.scored(score.points(), score.tier(), score.at());
    return switch (outcome) {
      case Outcome.Qualified _ ->
          scored.at(Stage.QUALIFIED, null, score.at()).reaching(Milestone.QUALIFIED, score.at());
      case Outcome.BelowBar _, Outcome.Vetoed _ -> scored;
    };
  }

  private static String summary(Outcome outcome, Pack pack) {
    var score = outcome.score();
    var figures = score.points() + " points, tier " + score.tier();
    return switch (outcome) {
      case Outcome.Qualified _ -> figures + "; the bar is " + pack.scoring().qualifyAt();
      case Outcome.BelowBar _ -> figures + "; below the bar of " + pack.scoring().qualifyAt();
      case Outcome.Vetoed _ -> figures + "; " + String.join(", ", score.vetoes());
    };
  }
}
