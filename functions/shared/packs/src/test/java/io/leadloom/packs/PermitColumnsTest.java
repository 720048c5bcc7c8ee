package io.leadloom.packs;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermitColumnsTest {

  private final PermitMapping mapping = new Packs().load("roofing").permits();

  /**
   * Layouts as cities publish them; each must give the fields without which no lead can be made.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PERMIT TYPE,PERMIT #,PROJECT NAME,WORK TYPE,ADDRESS,DATE ISSUED,PRIMARY CONTACT | NUMBER TYPE PROJECT WORK_TYPE ADDRESS ISSUED APPLICANT",
        "permit_,permit_type,work_description,issue_date,contact_1_name,street_number,street_direction,street_name,reported_cost | NUMBER TYPE DESCRIPTION ISSUED APPLICANT STREET_NUMBER STREET_DIRECTION STREET_NAME VALUATION",
        "permittype,permit_type_desc,permit_number,description,applieddate,issue_date,status_current,original_address1,contractor_company_name,original_zip | NUMBER TYPE DESCRIPTION SUBMITTED ISSUED STATUS ADDRESS APPLICANT ZIP",
        "PermitNum,PermitClass,PermitTypeDesc,Description,EstProjectCost,AppliedDate,IssuedDate,StatusCurrent,OriginalAddress1,OriginalCity,OriginalState,ContractorCompanyName | NUMBER TYPE DESCRIPTION VALUATION SUBMITTED ISSUED STATUS ADDRESS CITY STATE APPLICANT",
        "Record ID,Record Type,Project Description,Date Opened,Record Status,Site Address,Licensed Professional Name | NUMBER TYPE DESCRIPTION SUBMITTED STATUS ADDRESS APPLICANT",
        "Job #,Job Type,House #,Street Name,Filing Date,Issuance Date,Permittee's Business Name,Owner's Business Name | TYPE STREET_NUMBER STREET_NAME SUBMITTED ISSUED APPLICANT OWNER",
        "Application Number,Permit Type,Work Desc,Valuation,Square Footage,Contractor's Business Name,Status,Primary Address | NUMBER TYPE DESCRIPTION VALUATION AREA APPLICANT STATUS",
        "permittype,permit_type_desc,permit_number,permit_class_mapped,work_class,permit_location,applieddate,issue_date,status_current,contractor_company_name | NUMBER TYPE BUILDING_TYPE WORK_TYPE ADDRESS SUBMITTED ISSUED STATUS APPLICANT",
        "permitnumber,worktype,permittypedescr,description,applicant,declared_valuation,issued_date,status,owner,occupancytype,sq_feet,address | NUMBER WORK_TYPE TYPE DESCRIPTION APPLICANT VALUATION ISSUED STATUS OWNER BUILDING_TYPE AREA ADDRESS",
        "permit_number,permit_type_definition,permit_creation_date,status,proposed_use,estimated_cost,street_number,street_name,zipcode | NUMBER TYPE SUBMITTED STATUS BUILDING_TYPE VALUATION STREET_NUMBER STREET_NAME ZIP",
        "Permit Number,Permit Type,Issued Date,Contractor,Value,Area,Work Description,Land Use,Street Address,Zip | NUMBER TYPE ISSUED APPLICANT VALUATION AREA DESCRIPTION BUILDING_TYPE ADDRESS ZIP",
        "permitnumber,permittype,commercialorresidential,typeofwork,approvedscopeofwork,permitissuedate,contractorname,opa_owner | NUMBER TYPE BUILDING_TYPE WORK_TYPE DESCRIPTION ISSUED APPLICANT OWNER",
        "case_number,case_type,declared_valuation,applicant_name,location,status | NUMBER TYPE VALUATION APPLICANT ADDRESS STATUS",
      })
  void columnsOfManyCitiesAreRecognised(String headers, String fields) {
    PermitColumns columns = mapping.columns(Arrays.asList(headers.split(",")));
    EnumSet<PermitField> expected = EnumSet.noneOf(PermitField.class);
    for (String field : fields.split(" ")) {
      expected.add(PermitField.valueOf(field));
    }
    assertThat(expected)
        .allSatisfy(field -> assertThat(columns.has(field)).as(field.name()).isTrue());
  }

  @Test
  void noColumnNameMeansTwoFields() {
    Map<String, PermitField> seen = new HashMap<>();
    mapping
        .headers()
        .forEach((field, names) ->
            names.forEach(name ->
                assertThat(seen.put(PermitColumns.normalise(name), field))
                    .as(name)
                    .isIn(null, field)));
  }

  @Test
  void rowBecomesCanonicalFacts() {
    PermitFacts facts =
        mapping
            .columns(List.of("Permit #", "Type", "Issue Date", "Declared Valuation", "Address"))
            .facts(List.of(" B-1 ", "Re-Roof  Permit", "3/2/2026", "$12,500.50", "618 W ELM ST"));
    assertThat(facts.number()).isEqualTo("B-1");
    assertThat(facts.type()).isEqualTo("Re-Roof Permit");
    assertThat(facts.issued()).contains(LocalDate.of(2026, 3, 2));
    assertThat(facts.valuation()).contains(new BigDecimal("12500.50"));
    assertThat(facts.address()).isEqualTo("618 W ELM ST");
  }

  @Test
  void addressIsPutTogetherFromItsParts() {
    PermitFacts facts =
        mapping
            .columns(List.of("street_number", "street_direction", "street_name", "suffix"))
            .facts(List.of("12", "N", "OAK", "ST"));
    assertThat(facts.address()).isEqualTo("12 N OAK ST");
  }

  @Test
  void pointIsNoAddress() {
    PermitColumns columns = mapping.columns(List.of("permit #", "location"));
    assertThat(columns.facts(List.of("1", "(30.27, -97.74)")).address()).isEmpty();
    assertThat(columns.facts(List.of("1", "12 Oak St")).address()).isEqualTo("12 Oak St");
  }

  @Test
  void firstFilledColumnCounts() {
    PermitColumns columns = mapping.columns(List.of("applicant name", "contractor name"));
    assertThat(columns.facts(List.of("A", "C")).applicant()).isEqualTo("C");
    assertThat(columns.facts(List.of("A", " ")).applicant()).isEqualTo("A");
  }

  @Test
  void ownerStandsInOnlyWhereItIsAFirm() {
    PermitColumns columns = mapping.columns(List.of("contractor", "owner name"));
    assertThat(columns.facts(List.of("", "Quillmere Properties LLC")).applicant())
        .isEqualTo("Quillmere Properties LLC");
    assertThat(columns.facts(List.of("", "Doe Jan")).applicant()).isEmpty();
  }

  @Test
  void addressBehindAFirmsNameIsNotPartOfIt() {
    PermitColumns columns = mapping.columns(List.of("contractor"));
    assertThat(
            columns
                .facts(
                    List.of(
                        "QUILLMERE BUILDERS 120 N MAIN ST, MARLOW SPRINGS, TX 75994 (940) 555-0101"))
                .applicant())
        .isEqualTo("QUILLMERE BUILDERS");
    assertThat(columns.facts(List.of("Studio 54 Builders, Inc.")).applicant())
        .isEqualTo("Studio 54 Builders, Inc.");
  }

  @Test
  void buildingTypesAreStrungTogether() {
    PermitColumns columns = mapping.columns(List.of("permit class", "proposed use", "type"));
    assertThat(columns.facts(List.of("Commercial", "Office", "Building")).buildingType())
        .isEqualTo("Commercial, Office");
  }

  @Test
  void shortRowReadsAsBlankAtItsEnd() {
    PermitFacts facts = mapping.columns(List.of("permit #", "type", "status")).facts(List.of("1"));
    assertThat(facts.values()).containsOnlyKeys(PermitField.NUMBER);
  }

  @Test
  void unreadableDatesAndAmountsAreLeftOut() {
    PermitFacts facts =
        mapping
            .columns(List.of("issued date", "valuation", "area"))
            .facts(List.of("13/45/2026", "about 5k", "1200"));
    assertThat(facts.issued()).isEmpty();
    assertThat(facts.valuation()).isEmpty();
    assertThat(facts.area()).contains(new BigDecimal("1200"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-05",
    "2026-01-05T00:00:00.000",
    "2026-01-05T08:30:00Z",
    "2026-01-05 08:30:00",
    "01/05/2026",
    "1/5/2026",
    "1/5/2026 8:30:00 AM",
    "1/5/2026 8:30 am",
    "01/05/2026 00:00",
    "1/5/26",
    "2026/01/05",
    "2026/01/05 05:00:00+00",
    "20260105",
    "5-Jan-2026",
    "05-JAN-26",
    "'Jan 5, 2026'",
    "'January 5, 2026'"
  })
  void datesOfManyPortalsAreRead(String text) {
    assertThat(new PermitDates(mapping.dateFormats()).parse(text))
        .contains(LocalDate.of(2026, 1, 5));
  }
}
