package io.leadloom.packs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResearchRulesTest {

  private final Packs packs = new Packs();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fire-safety | Fire Alarm Permit | Hospital | TX | ifc-907-7 nfpa-72-14 ifc-901-5 cms-482-41 tx-6002",
        "fire-safety | Fire Sprinkler Permit | Office | FL | ifc-903-4 nfpa-25-5-2 ifc-901-5 fl-633-312",
        "fire-safety | Commercial New Building Permit | Retail | NC | ifc-903-2 ifc-907-2",
        "roofing | Solar - Photovoltaic Permit | Single Family | TX | irc-r903-2 irc-r324-4-1",
        "roofing | Re-Roof Permit | Retail | FL | ibc-1511-3 iecc-c503-3-1 irc-r908-3 fl-553-844",
        "roofing | Comm Finish Out Permit | Retail | TX | ibc-1503-2 osha-1926-501",
      })
  void rulesApplyByWorkBuildingAndState(
      String pack, String type, String building, String state, String ids) {
    PermitFacts permit =
        new PermitFacts(Map.of(PermitField.TYPE, type, PermitField.BUILDING_TYPE, building));
    List<String> applying =
        packs.load(pack).research().rules().stream()
            .filter(rule -> rule.appliesTo(permit, state))
            .map(CodeRule::id)
            .toList();
    assertThat(applying).containsExactlyElementsOf(Arrays.asList(ids.split(" ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fire-safety | Kitchen hood suppression | Restaurant | sage-kitchens",
        "fire-safety | Fire sprinkler, rack storage | Warehouse | millbrook-storage",
        "roofing | Res New Building Permit | Single Family | cedar-lane-homes",
        "roofing | Comm Shell Permit | Retail | brightwater-builders",
        "roofing | Residential Repair Permit | Single Family | pinecrest-living",
      })
  void caseStudyFitsWorkAndBuilding(String pack, String work, String building, String id) {
    PermitFacts permit =
        new PermitFacts(Map.of(PermitField.TYPE, work, PermitField.BUILDING_TYPE, building));
    assertThat(
            packs.load(pack).research().caseStudies().stream()
                .max(Comparator.comparing(study -> study.fit(permit)))
                .map(CaseStudy::id))
        .contains(id);
  }

  @Test
  void unrelatedPermitHasNoRule() {
    PermitFacts permit = new PermitFacts(Map.of(PermitField.TYPE, "Garage Sale"));
    for (String id : packs.ids()) {
      assertThat(packs.load(id).research().rules()).noneMatch(rule -> rule.appliesTo(permit, "TX"));
    }
  }
}
