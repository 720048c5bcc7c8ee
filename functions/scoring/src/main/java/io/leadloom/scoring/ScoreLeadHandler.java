package io.leadloom.scoring;

import io.leadloom.model.LeadId;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.StepHandler;
import io.leadloom.platform.Wiring;
import io.leadloom.scoring.ScoreLead.Outcome;
import org.jspecify.annotations.Nullable;

/** The "Score lead" step of {@code lead-lifecycle.asl.json}. */
public final class ScoreLeadHandler
    extends StepHandler<ScoreLeadHandler.Request, ScoreLeadHandler.Response> {

  private final ScoreLead scoreLead;

  /** Called by the Lambda runtime, once per execution environment. */
  public ScoreLeadHandler() {
    this(Wiring.bean(ScoreLead.class), Wiring.bean(Invocations.class));
  }

  ScoreLeadHandler(ScoreLead scoreLead, Invocations invocations) {
    super(Request.class, invocations);
    this.scoreLead = scoreLead;
  }

  /** Which lead to score. */
  public record Request(String tenantId, String leadId, String correlationId) {}

  /**
   * What came of it.
   *
   * @param outcome {@code QUALIFIED}, {@code BELOW_BAR} or {@code VETOED}
   * @param reason code of why it is not pursued
   */
  public record Response(String outcome, int points, String tier, @Nullable String reason) {}

  @Override
  protected Response handle(Request request) {
    var outcome = scoreLead.run(TenantId.of(request.tenantId()), LeadId.of(request.leadId()));
    var score = outcome.score();
    return switch (outcome) {
      case Outcome.Qualified _ -> new Response("QUALIFIED", score.points(), score.tier(), null);
      case Outcome.BelowBar _ ->
          new Response("BELOW_BAR", score.points(), score.tier(), "score.below-bar");
      case Outcome.Vetoed _ ->
          new Response("VETOED", score.points(), score.tier(), score.vetoes().getFirst());
    };
  }
}
