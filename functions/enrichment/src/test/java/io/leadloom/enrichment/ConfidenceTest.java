package io.leadloom.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.model.Company;
import io.leadloom.packs.CompanyNames;
import io.leadloom.packs.Packs;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How sure a finding is, and who is asked for. */
class ConfidenceTest {

  private static final CompanyNames NAMES = new Packs().load("fire-safety").company();

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "BRIGHTWATER BUILDERS L.L.C., TX, 1",
        "Brightwater Builders, -, 1",
        "Brightwater Builders, AZ, 0.8",
        "Brightwater Builders of Austin, TX, 0.7",
        "Brightwater, TX, 0.7",
        "Brightwater, AZ, 0",
        "Brightwater, -, 0",
        "Brightwaters Builders, TX, 0",
        "Alderway Homes, TX, 0",
        "'', TX, 0"
      })
  void companiesFitByNameAndState(String found, String state, double fit) {
    var meant =
        Company.named("Brightwater Builders", "brightwater builders", null, null, "Texas", null);
    assertThat(Confidence.company(NAMES, meant, found, state)).isEqualTo(fit);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "0.8, 1, 0.9",
    "1, 0.5, 0.75",
    "0.8, 0.5, 0.65",
    "0.7, 0.72, 0.71",
    "1, 0, 0",
    "0, 1, 0"
  })
  void bothPartsCountAlikeAndEitherRulesItOut(double company, double address, double confidence) {
    assertThat(Confidence.of(company, address)).isEqualTo(confidence);
  }

  @ParameterizedTest
  @CsvSource({
    "valid, 40, 0.95",
    "accept_all, 90, 0.72",
    "unknown, 50, 0.3",
    "invalid, 98, 0",
    "disposable, 98, 0",
    "webmail, 98, 0",
    "something new, 98, 0"
  })
  void huntersChecksCount(String status, int percent, double works) {
    assertThat(Confidence.hunterAddress(status, percent)).isEqualTo(works);
  }

  @ParameterizedTest
  @CsvSource({
    "Owner, true",
    "Vice President, true",
    "Facilities Manager, true",
    "Executive Assistant to the CEO, false",
    "Receptionist, false",
    "Accounts Payable Clerk, false",
  })
  void onlyWhoMayDecideIsWrittenTo(String title, boolean may) {
    assertThat(candidates().mayDecide(title)).isEqualTo(may);
  }

  @Test
  void apollosPeopleAreRankedByTitle() {
    var people =
        List.of(
            new Apollo.Listed("1", "Facilities Manager", true),
            new Apollo.Listed("2", "Owner", false),
            new Apollo.Listed("3", "Vice President, Operations", true),
            new Apollo.Listed("4", "Executive Assistant to the CEO", true),
            new Apollo.Listed("5", "President", true),
            new Apollo.Listed("6", null, true));
    assertThat(candidates().ranked(people))
        .extracting(Apollo.Listed::id)
        .containsExactly("5", "3", "1");
  }

  @Test
  void huntersPeopleAreRankedByConfidenceAndDesksComeLast() {
    assertThat(
            candidates()
                .best(
                    List.of(
                        known("info@a.example", 90),
                        known("kim@a.example", 87),
                        known("lou@a.example", 40))))
        .extracting(Hunter.Known::email)
        .containsExactly("kim@a.example", "info@a.example", "lou@a.example");
  }

  @ParameterizedTest
  @CsvSource({
    "cityofaustin.gov, true",
    "dana@school.edu, true",
    "club.org, true",
    "brightwater.example, false",
    "organic.com, false"
  })
  void authoritiesSchoolsAndAssociationsAreLeftAlone(String domain, boolean blocked) {
    assertThat(Candidates.isBlocked(domain)).isEqualTo(blocked);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"Texas, TX", "tx, TX", "' New York ', NY", "Bavaria, Bavaria", "-, -", "'', -"})
  void statesHaveOneSpelling(String state, String code) {
    assertThat(UsStates.code(state)).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"United States, US", "us, US", "Germany, DE", "Atlantis, -", "-, -"})
  void countriesHaveOneSpelling(String country, String code) {
    assertThat(Countries.code(country)).isEqualTo(code);
  }

  private static Hunter.Known known(String email, int confidence) {
    return new Hunter.Known(email, "Kim", "Alder", "Owner", confidence, null, null);
  }

  private static Candidates candidates() {
    return new Candidates(new Packs().load("fire-safety").scoring().authority().titles());
  }
}
