package io.leadloom.packs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompanyNamesTest {

  private final CompanyNames roofing = new Packs().load("roofing").company();
  private final CompanyNames fire = new Packs().load("fire-safety").company();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OWNER OF RECORD",
        "Homeowner",
        "n/a",
        "N.A.",
        "NA",
        "none",
        "TBD",
        "Unknown",
        " ",
        "-",
        "null"
      })
  void placeholderIsNoFirm(String name) {
    assertThat(roofing.isPlaceholder(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "National Fireside Grill LLC",
        "Nantmere Builders",
        "Diana Bramcroft Interiors",
        "Unknownfield Partners",
        "Nonesuch Builders",
        "Owner's Choice Builders"
      })
  void partOfANameIsNoPlaceholder(String name) {
    assertThat(roofing.isPlaceholder(name)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Quillmere Builders, LLC | quillmere builders",
        "QUILLMERE BUILDERS L.L.C. | quillmere builders",
        "The Quillmere Builders Co., Inc. | quillmere builders",
        "Quillmere & Sons, L. P. | quillmere and sons",
        "Quillmere and Sons LP | quillmere and sons",
        "Quillmere's Homes | quillmeres homes",
        "Co | co",
      })
  void spellingsOfOneFirmMeet(String name, String identity) {
    assertThat(roofing.identity(name)).isEqualTo(identity);
  }

  @ParameterizedTest
  @CsvSource({
    "Inklewick Roofing LLC, true, false",
    "Tarnholt Fire Protection, false, true",
    "Sedgecombe Fire & Security Systems, false, true",
    "Roofton Builders, false, false",
    "Firefly Construction, false, false",
    "Dunmere Sprinkler & Drainage, false, false"
  })
  void firmsOfTheTradeItselfAreCompetitors(String name, boolean ofRoofing, boolean ofFire) {
    assertThat(roofing.isCompetitor(name)).isEqualTo(ofRoofing);
    assertThat(fire.isCompetitor(name)).isEqualTo(ofFire);
  }
}
