package io.leadloom.model;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A public permit record, in canonical fields; what the record left blank is null.
 *
 * @param source the portal or file it comes from
 * @param number as the authority writes it
 * @param status normalised; see the pack's statuses
 * @param valuation declared value, in the authority's currency units
 * @param area in square feet
 */
public record Permit(
    String source,
    String number,
    String type,
    @Nullable String description,
    @Nullable String workType,
    @Nullable String address,
    @Nullable String city,
    @Nullable String state,
    @Nullable String zip,
    @Nullable String status,
    @Nullable LocalDate submitted,
    @Nullable LocalDate issued,
    @Nullable BigDecimal valuation,
    @Nullable BigDecimal area,
    @Nullable String applicant,
    @Nullable String buildingType,
    @Nullable String phone,
    @Nullable String email,
    @Nullable String website) {}
