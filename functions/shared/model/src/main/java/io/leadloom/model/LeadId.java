package io.leadloom.model;

/** Names a lead. */
public record LeadId(String value) {

  /** Checks the form of the id; see {@link Ids#check}. */
  public LeadId {
    Ids.check("LeadId", value);
  }

  /**
   * The id with this text; {@link io.leadloom.model.fault.InvalidInputException} where it is not
   * one.
   */
  public static LeadId of(String value) {
    return new LeadId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
