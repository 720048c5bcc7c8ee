package io.leadloom.sourcing;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.packs.Packs;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows as the pack understands them. */
class RowMapperTest {

  private final RowMapper mapper =
      new RowMapper("austin", new Packs().load("fire-safety").permits());

  @Test
  void aFileAndAPortalSayTheSameInDifferentWords() {
    var file =
        Rows.row(
            2,
            Map.of(
                "PERMIT TYPE", "Comm Building Permit",
                "PERMIT #", "C-1",
                "ADDRESS", "12  Alder Way ",
                "DATE ISSUED", "2026-02-20",
                "DECLARED VALUATION", "$185,000.00",
                "AREA (SF)", "1200",
                "X_COORD", "7"));
    var socrata =
        Rows.row(
            1,
            Map.of(
                "permit_type", "Comm Building Permit",
                "permit_", "C-1",
                "address", "12 Alder Way",
                "date_issued", "2026-02-20T00:00:00.000",
                "declared_valuation", "185000",
                "area_sf_", "1200.0"));
    assertThat(mapper.map(socrata).facts()).isEqualTo(mapper.map(file).facts());
    assertThat(mapper.map(socrata).version()).isEqualTo(mapper.map(file).version());
    assertThat(mapper.map(file).permit())
        .satisfies(permit -> {
          assertThat(permit.valuation()).isEqualTo(new BigDecimal("185000"));
          assertThat(permit.issued()).isEqualTo(LocalDate.parse("2026-02-20"));
          assertThat(permit.status()).isEqualTo("issued");
        });
  }

  @Test
  void anotherTypeIsAnotherPermitAndAnotherDateAnotherVersion() {
    var row = Rows.relevant(2, "FA-1", "Brightwater Builders");
    var first = mapper.map(row).version();
    var otherType = mapper.map(Rows.with(row, "PERMIT TYPE", "Electrical")).version();
    var otherDate = mapper.map(Rows.with(row, "DATE ISSUED", "2026-02-27")).version();
    assertThat(otherType.permitKey()).isNotEqualTo(first.permitKey());
    assertThat(otherDate.permitKey()).isEqualTo(first.permitKey());
    assertThat(otherDate.contentHash()).isNotEqualTo(first.contentHash());
  }

  @Test
  void anAddressIsPutTogetherFromItsParts() {
    var row =
        Rows.row(
            2,
            Map.of(
                "Permit Number", "C-1",
                "Street Number", "12",
                "Street Name", "Alder",
                "Street Suffix", "Way",
                "City", "Austin",
                "Zip", "78701"));
    assertThat(mapper.map(row).permit())
        .satisfies(permit -> {
          assertThat(permit.address()).isEqualTo("12 Alder Way");
          assertThat(permit.city()).isEqualTo("Austin");
          assertThat(permit.type()).isEqualTo("Permit");
        });
  }

  @Test
  void aBlankRowIsARowToo() {
    var blank = mapper.map(Rows.row(2, Map.of("Permit Number", " ", "City", "")));
    assertThat(blank.permit().number()).isEmpty();
    assertThat(blank.permit().address()).isNull();
  }

  @Test
  void whatOnlySaysThatThereIsNothingIsNothing() {
    var row = Rows.with(Rows.relevant(2, "FA-1", "N/A"), "PROJECT NAME", "NULL");
    assertThat(mapper.map(row).permit().applicant()).isNull();
    assertThat(mapper.map(row).permit().description()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "618 W ELMIRA ST, City of San Antonio, TX 78212|618 W ELMIRA ST|San Antonio|TX|78212",
        "12 Alder Way, Suite 4, Austin, TX 78701-1234|12 Alder Way, Suite 4|Austin|TX|78701",
        "12 Alder Way, Austin TX, 78701, USA|12 Alder Way|Austin|TX|78701",
        "12 Alder Way|12 Alder Way|-|-|-",
        "Lot 7, Block 9|Lot 7, Block 9|-|-|-",
      })
  void oneLineAddressesAreTakenApart(
      String text, String street, String city, String state, String zip) {
    assertThat(PlaceOfAddress.of(text)).isEqualTo(new PlaceOfAddress(street, city, state, zip));
  }
}
