package io.leadloom.sourcing;

import io.leadloom.packs.PermitField;
import io.leadloom.rest.About;
import io.leadloom.rest.Form;
import io.leadloom.rest.Length;
import io.leadloom.rest.Range;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A public record that gives a reason to talk to a company. */
@About("A public record that gives a reason to talk to a company.")
record NewLead(
    @About("The campaign it is for; absent: as the allocations have it")
        @Nullable
        @Form(pattern = Form.ID)
        String campaignId,
    @About("Your name for where the record comes from") @Form(pattern = Form.ID) String source,
    @About("As the authority writes it; with source and type it tells records apart")
        @Length(max = 200)
        String number,
    @Nullable @Length(max = 200) String type,
    @Nullable @Length(max = 2_000) String description,
    @Nullable @Length(max = 200) String workType,
    @Nullable @Length(max = 200) String buildingType,
    @About("The company") @Length(max = 200) String applicant,
    @Nullable @Length(max = 300) String address,
    @Nullable @Length(max = 100) String city,
    @Nullable @Length(max = 100) String state,
    @Nullable @Length(max = 20) String zip,
    @Nullable @Length(max = 100) String status,
    @Nullable LocalDate submitted,
    @Nullable LocalDate issued,
    @About("Declared value, in the authority's currency units")
        @Nullable
        @Range(max = 1_000_000_000_000L)
        BigDecimal valuation,
    @About("In square feet") @Nullable @Range(max = 1_000_000_000L) BigDecimal area,
    @Nullable @Length(max = 50) String phone,
    @Nullable @Length(max = 254) @Form(pattern = Form.EMAIL) String email,
    @Nullable @Length(max = 300) String website) {

  /** What of it is filled, by field. */
  Map<PermitField, String> fields() {
    var fields = new EnumMap<PermitField, String>(PermitField.class);
    put(fields, PermitField.NUMBER, number);
    put(fields, PermitField.TYPE, type);
    put(fields, PermitField.DESCRIPTION, description);
    put(fields, PermitField.WORK_TYPE, workType);
    put(fields, PermitField.BUILDING_TYPE, buildingType);
    put(fields, PermitField.APPLICANT, applicant);
    put(fields, PermitField.ADDRESS, address);
    put(fields, PermitField.CITY, city);
    put(fields, PermitField.STATE, state);
    put(fields, PermitField.ZIP, zip);
    put(fields, PermitField.STATUS, status);
    put(fields, PermitField.SUBMITTED, submitted);
    put(fields, PermitField.ISSUED, issued);
    put(fields, PermitField.VALUATION, valuation == null ? null : valuation.toPlainString());
    put(fields, PermitField.AREA, area == null ? null : area.toPlainString());
    put(fields, PermitField.PHONE, phone);
    put(fields, PermitField.EMAIL, email);
    put(fields, PermitField.WEBSITE, website);
    return fields;
  }

  private static void put(
      Map<PermitField, String> fields, PermitField field, @Nullable Object value) {
    if (value != null) {
      fields.put(field, value.toString());
    }
  }
}
