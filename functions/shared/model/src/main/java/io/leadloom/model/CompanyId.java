package io.leadloom.model;

/** Names a company. */
public record CompanyId(String value) {

  /** Checks the form of the id; see {@link Ids#check}. */
  public CompanyId {
    Ids.check("CompanyId", value);
  }

  /**
   * The id with this text; {@link io.leadloom.model.fault.InvalidInputException} where it is not
   * one.
   */
  public static CompanyId of(String value) {
    return new CompanyId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
