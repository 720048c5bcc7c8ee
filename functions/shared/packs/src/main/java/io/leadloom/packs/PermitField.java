package io.leadloom.packs;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A field of a permit in our words, whatever a city calls its column. */
public enum PermitField {
  @JsonProperty("number")
  NUMBER,
  @JsonProperty("type")
  TYPE,
  @JsonProperty("description")
  DESCRIPTION,
  @JsonProperty("project")
  PROJECT,
  @JsonProperty("address")
  ADDRESS,
  @JsonProperty("streetNumber")
  STREET_NUMBER,
  @JsonProperty("streetDirection")
  STREET_DIRECTION,
  @JsonProperty("streetName")
  STREET_NAME,
  @JsonProperty("streetSuffix")
  STREET_SUFFIX,
  @JsonProperty("unit")
  UNIT,
  @JsonProperty("city")
  CITY,
  @JsonProperty("state")
  STATE,
  @JsonProperty("zip")
  ZIP,
  @JsonProperty("status")
  STATUS,
  @JsonProperty("submitted")
  SUBMITTED,
  @JsonProperty("issued")
  ISSUED,
  @JsonProperty("valuation")
  VALUATION,
  @JsonProperty("area")
  AREA,
  @JsonProperty("applicant")
  APPLICANT,
  /** Whoever owns the property; stands in for a missing applicant where it is a firm. */
  @JsonProperty("owner")
  OWNER,
  @JsonProperty("buildingType")
  BUILDING_TYPE,
  @JsonProperty("workType")
  WORK_TYPE,
  @JsonProperty("phone")
  PHONE,
  @JsonProperty("email")
  EMAIL,
  @JsonProperty("website")
  WEBSITE
}
