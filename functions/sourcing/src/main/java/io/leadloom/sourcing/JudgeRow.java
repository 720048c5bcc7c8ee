package io.leadloom.sourcing;

import io.leadloom.model.Company;
import io.leadloom.model.Permit;
import io.leadloom.packs.Pack;
import io.leadloom.packs.Statuses;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a permit is a reason to talk to a firm, by a pack's data. The first of its rules
 * that has something to object decides.
 */
final class JudgeRow {

  private final Pack pack;
  private final PermitQuality quality;

  JudgeRow(Pack pack) {
    this.pack = pack;
    this.quality = new PermitQuality(pack);
  }

  Verdict judge(MappedRow row, LocalDate today) {
    var permit = row.permit();
    var relevance = pack.permits().relevance().judge(row.facts(), today);
    var worth = quality.of(row.facts(), permit, relevance.relevant(), today);
    var objections =
        List.of(
            unnumbered(permit),
            unnamed(permit),
            competitor(permit),
            objection(!relevance.relevant(), relevance.reasonCode(), null),
            objection(
                worth < pack.quality().minToEnrich(),
                "permit.low-quality",
                String.format(
                    Locale.ROOT,
                    "quality %.3f, and %.3f is needed",
                    worth,
                    pack.quality().minToEnrich())),
            stopped(permit));
    return objections.stream()
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(
            () -> new Verdict.Pursue(relevance.reasonCode(), worth, company(permit), zone(permit)));
  }

  private static Optional<Verdict> unnumbered(Permit permit) {
    return objection(permit.number().isEmpty(), "row.no-number", "the row has no permit number");
  }

  private Optional<Verdict> unnamed(Permit permit) {
    return objection(pack.company().isPlaceholder(applicant(permit)), "company.not-named", null);
  }

  private Optional<Verdict> competitor(Permit permit) {
    return objection(pack.company().isCompetitor(applicant(permit)), "company.competitor", null);
  }

  private Optional<Verdict> stopped(Permit permit) {
    var status = Objects.requireNonNullElse(permit.status(), "");
    return objection(
        pack.permits().statuses().standing(status) == Statuses.Standing.BAD,
        "permit.status-" + status.replace(' ', '-'),
        null);
  }

  private static Optional<Verdict> objection(
      boolean holds, String reason, @Nullable String detail) {
    return holds ? Optional.of(new Verdict.SetAside(reason, detail)) : Optional.empty();
  }

  private Company company(Permit permit) {
    var name = applicant(permit);
    return Company.named(
        name,
        pack.company().identity(name),
        permit.address(),
        permit.city(),
        permit.state(),
        permit.zip());
  }

  private @Nullable String zone(Permit permit) {
    var state = permit.state();
    return state == null ? null : pack.sending().zone(state).getId();
  }

  private static String applicant(Permit permit) {
    return Objects.requireNonNullElse(permit.applicant(), "");
  }
}
