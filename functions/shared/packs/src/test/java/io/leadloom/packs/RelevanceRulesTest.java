package io.leadloom.packs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelevanceRulesTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

  private final Packs packs = new Packs();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "Fire Alarm Permit | Replace panel | - | - | true | permit.fire-alarm",
        "Electrical Permit | New fire alarm devices | - | - | true | permit.fire-alarm",
        "Fire Sprinkler | Relocate 12 heads | - | - | true | permit.fire-sprinkler",
        "Plumbing Permit | Underground fire line with backflow | - | - | true | permit.fire-sprinkler",
        "Commercial Mechanical | Sprinklers for second floor | - | - | true | permit.fire-sprinkler",
        "Mechanical Permit | Type I hood with hood suppression | - | - | true | permit.fire-suppression",
        "Fire Permit | Five year sprinkler inspection | - | - | true | permit.fire-inspection",
        "Fire Permit | Tent | - | - | true | permit.fire-other",
        "Comm Finish Out Permit | Suite 200 | - | - | true | permit.commercial-interior",
        "Comm New Building Permit | Two floors | - | - | true | permit.commercial-new",
        "Commercial Occupancy | Change of use | - | - | true | permit.change-of-use",
        "Commercial Repair | Fire damage to unit 4 | - | - | true | permit.fire-damage",
        // streets and firms that only sound so
        "Plumbing General Permit | Water heater | 8322 MEADOW FIRE | - | false | permit.no-fire-work",
        "Plumbing General Permit | Water heater | 807 Firefly Ln | - | false | permit.no-fire-work",
        "Electrical General Permit | C/ FIRE SUN | 4067 FIRE SUN | - | false | permit.no-fire-work",
        "Electrical General Permit | Panel | - | Firefly Electric Service | false | permit.no-fire-work",
        "Plumbing General Permit | Repipe | - | Andover Sprinkler & Drainage | false | permit.no-fire-work",
        // irrigation, other alarms, hearths, homes
        "Plumbing Irrigation Permit | Lawn sprinkler system | - | - | false | permit.irrigation",
        "Plumbing Backflow Permit | Device | - | Andover Sprinkler & Drainage | false | permit.irrigation",
        "Commercial Plumbing | Sprinkler zones for landscaping | - | - | false | permit.irrigation",
        "Swimming Pool Permit | Barrier with pool alarm | - | - | false | permit.other-trade",
        "Residential Building | Pool alarm on doors | - | - | false | permit.other-alarm",
        "Electrical Permit | Burglar alarm wiring | - | - | false | permit.other-alarm",
        "Plumbing Gas Permit | Gas to fire feature | - | - | false | permit.hearth",
        "Residential Repair | Kitchen fire damage | - | - | false | permit.single-family",
        "Residential New | Single family dwelling | - | - | false | permit.single-family",
        "Building (BU) Commercial Alteration | - | - | - | true | permit.commercial-interior",
        "Plumbing (PL) Commercial Alteration | - | - | - | false | permit.no-fire-work",
        "PERMIT - RENOVATION/ALTERATION | Interior build-out of a restaurant | - | - | true | permit.commercial-interior",
        "PERMIT - RENOVATION/ALTERATION | Kitchen of a single family residence | - | - | false | permit.single-family",
        "Residential Remodel | Home office | - | - | false | permit.no-fire-work",
        "Commercial Remodel | Lobby | - | Quick Permits Now LLC | false | permit.applied-by-agent",
      })
  void fireSafetyTakesWorkNotNames(
      String type,
      String description,
      String address,
      String applicant,
      boolean relevant,
      String reason) {
    check("fire-safety", type, description, address, applicant, relevant, reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "Re-Roof Permit | 30 squares | - | - | true | permit.re-roof",
        "Building Permit | Replace roof | - | - | true | permit.re-roof",
        "Residential Repair Permit | Hail damage | - | - | true | permit.storm-damage",
        "Minor Commercial Repair Permit | Parapet | - | - | true | permit.repair",
        "Comm New Building Permit | Store | - | - | true | permit.commercial-new",
        "Comm Shell Permit | - | - | - | true | permit.commercial-new",
        "Comm Finish Out Permit | Suite 1 | - | - | true | permit.commercial-works",
        "Home Addition Permit | Room | - | - | true | permit.addition",
        "Res New Building Permit | Building No: 1 | - | - | true | permit.new-homes",
        "Solar - Photovoltaic Permit | 8 kW | - | - | true | permit.rooftop-solar",
        "Mechanical Permit | Replace two RTUs | - | - | true | permit.rooftop-unit",
        "PERMIT - NEW CONSTRUCTION | Three storeys, six units | - | - | true | permit.new-construction",
        "Building (BU) Single Family New Construction | - | - | - | true | permit.new-homes",
        "Mechanical Permit | HVAC change out | - | - | false | permit.no-roof-work",
        "Plumbing General Permit | Water heater | 12 Roof Garden Way | - | false | permit.other-trade",
        "Garage Sale | - | - | - | false | permit.other-trade",
        "Foundation Repair Permit | Piers | - | - | false | permit.other-trade",
        "Electrical General Permit | Kitchen remodel | - | - | false | permit.no-roof-work",
        "Fire Alarm Permit | Waterproofing of panel | - | - | false | permit.no-roof-work",
      })
  void roofingTakesWhoeverNeedsARoofer(
      String type,
      String description,
      String address,
      String applicant,
      boolean relevant,
      String reason) {
    check("roofing", type, description, address, applicant, relevant, reason);
  }

  private void check(
      String pack,
      String type,
      String description,
      String address,
      String applicant,
      boolean relevant,
      String reason) {
    Map<PermitField, String> values = new EnumMap<>(PermitField.class);
    values.put(PermitField.TYPE, type);
    put(values, PermitField.DESCRIPTION, description);
    put(values, PermitField.ADDRESS, address);
    put(values, PermitField.APPLICANT, applicant);
    Relevance judged = packs.load(pack).permits().relevance().judge(new PermitFacts(values), TODAY);
    assertThat(judged.reasonCode()).isEqualTo(reason);
    assertThat(judged.relevant()).isEqualTo(relevant);
    assertThat(judged.urgencyHint() > 0).isEqualTo(relevant);
  }

  private static void put(
      Map<PermitField, String> values, PermitField field, @Nullable String value) {
    if (value != null) {
      values.put(field, value);
    }
  }
}
