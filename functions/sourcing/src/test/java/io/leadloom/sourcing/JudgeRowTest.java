package io.leadloom.sourcing;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.packs.Packs;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which permits are a reason to talk to a firm. */
class JudgeRowTest {

  private static final LocalDate TODAY = LocalDate.parse("2026-03-02");
  private static final SourceRow RELEVANT = Rows.relevant(2, "FA-1", "Brightwater Builders, LLC");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "PRIMARY CONTACT|OWNER OF RECORD|company.not-named",
        "PRIMARY CONTACT|n/a|company.not-named",
        "PRIMARY CONTACT|''|company.not-named",
        "PRIMARY CONTACT|Nantucket Homes|permit.fire-alarm",
        "PRIMARY CONTACT|Acme Fire Protection Inc|company.competitor",
        "PERMIT #|''|row.no-number",
        "PERMIT #|N/A|row.no-number",
        "STATUS|Denied|permit.status-denied",
        "STATUS|Application Cancelled|permit.status-canceled",
        "STATUS|Inactive|permit.status-inactive",
        "STATUS|Issued|permit.fire-alarm",
        "STATUS|12 Active Street, Suite 4|permit.fire-alarm",
      })
  void oneFieldDecides(String field, String text, String reason) {
    assertThat(judge(Rows.with(RELEVANT, field, text)).reason()).isEqualTo(reason);
  }

  @Test
  void streetNamesAndIrrigationFirmsAreNoFireWork() {
    var row = Rows.with(RELEVANT, "PERMIT TYPE", "Plumbing Irrigation Permit");
    row = Rows.with(row, "PROJECT NAME", "Irrigation");
    row = Rows.with(row, "ADDRESS", "9 Meadow Fire, City of Austin, TX 78701");
    row = Rows.with(row, "PRIMARY CONTACT", "Alderway Lawn Sprinkler");
    assertThat(judge(row)).isInstanceOf(Verdict.SetAside.class);
  }

  @Test
  void aPoorPermitIsSetAsideWithItsFigure() {
    var row = Rows.with(RELEVANT, "ADDRESS", "");
    row = Rows.with(row, "DATE ISSUED", "2024-01-01");
    row = Rows.with(row, "STATUS", "who knows");
    row = Rows.with(row, "PRIMARY CONTACT", "- J. -/-");
    assertThat(judge(row))
        .isEqualTo(
            new Verdict.SetAside("permit.low-quality", "quality 0.200, and 0.500 is needed"));
  }

  @Test
  void aRelevantPermitNamesCompanyPlaceAndZone() {
    assertThat(judge(RELEVANT))
        .isInstanceOfSatisfying(
            Verdict.Pursue.class,
            pursue -> {
              assertThat(pursue.company().key()).isEqualTo("brightwater builders");
              assertThat(pursue.company().name()).isEqualTo("Brightwater Builders, LLC");
              assertThat(pursue.company().city()).isEqualTo("Austin");
              assertThat(pursue.zone()).isEqualTo("America/Chicago");
              assertThat(pursue.quality()).isEqualTo(1.0);
            });
  }

  private static Verdict judge(SourceRow row) {
    var pack = new Packs().load("fire-safety");
    return new JudgeRow(pack).judge(new RowMapper("austin", pack.permits()).map(row), TODAY);
  }
}
