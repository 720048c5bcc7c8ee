package io.leadloom.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorrectionsTest {

  private static final Company FOUND =
      new Company(
          "Alder Homes",
          "alder homes",
          "alder.example",
          "construction",
          20,
          "1 Way",
          "Austin",
          "TX",
          "78701",
          "US",
          "+15125550100",
          true,
          null);

  @ParameterizedTest
  @CsvSource({
    ",,,,,                                   Alder Homes, alder.example, construction, 20, +15125550100",
    "Alder,,,,,                              Alder, alder.example, construction, 20, +15125550100",
    ",a.example,,,,                          Alder Homes, a.example, construction, 20, +15125550100",
    ",,retail,,,                             Alder Homes, alder.example, retail, 20, +15125550100",
    ",,,7,,                                  Alder Homes, alder.example, construction, 7, +15125550100",
    ",,,,+15125550199,                       Alder Homes, alder.example, construction, 20, +15125550199"
  })
  void aCompanyIsAsItWasFoundButForWhatIsCorrected(
      @Nullable String name,
      @Nullable String domain,
      @Nullable String industry,
      @Nullable Integer employees,
      @Nullable String phone,
      String knownName,
      String knownDomain,
      String knownIndustry,
      Integer knownEmployees,
      String knownPhone) {
    var known = new CompanyCorrection(name, domain, industry, employees, phone).on(FOUND);
    assertThat(known)
        .isEqualTo(
            new Company(
                knownName,
                FOUND.key(),
                knownDomain,
                knownIndustry,
                knownEmployees,
                FOUND.address(),
                FOUND.city(),
                FOUND.state(),
                FOUND.zip(),
                FOUND.country(),
                knownPhone,
                FOUND.hiring(),
                FOUND.fundedOn()));
    assertThat(FOUND.describedAs(known)).isEqualTo(known);
  }

  @ParameterizedTest
  @CsvSource({
    ",                ,             morgan@alder.example, true,  +15125550101, true",
    "m@alder.example, ,             m@alder.example,      false, +15125550101, true",
    "MORGAN@alder.example, ,        MORGAN@alder.example, true,  +15125550101, true",
    ",                +15125550199, morgan@alder.example, true,  +15125550199, false",
    ",                +15125550101, morgan@alder.example, true,  +15125550101, true"
  })
  void whatIsCorrectedIsNotVerified(
      @Nullable String email,
      @Nullable String phone,
      String knownEmail,
      boolean emailVerified,
      String knownPhone,
      boolean phoneVerified) {
    var found =
        new Contact(
            "Morgan",
            "Ellery",
            "Owner",
            "morgan@alder.example",
            true,
            null,
            "+15125550101",
            true,
            null,
            null,
            0.9,
            "apollo");
    var known = new ContactCorrection(null, "Ellery-Reyes", null, email, phone).on(found);
    assertThat(known.firstName()).isEqualTo("Morgan");
    assertThat(known.lastName()).isEqualTo("Ellery-Reyes");
    assertThat(known.email()).isEqualTo(knownEmail);
    assertThat(known.emailVerified()).isEqualTo(emailVerified);
    assertThat(known.phone()).isEqualTo(knownPhone);
    assertThat(known.phoneVerified()).isEqualTo(phoneVerified);
  }
}
