package io.leadloom.model;

/** Names a customer organisation, the owner of every row. */
public record TenantId(String value) {

  /** Checks the form of the id; see {@link Ids#check}. */
  public TenantId {
    Ids.check("TenantId", value);
  }

  /**
   * The id with this text; {@link io.leadloom.model.fault.InvalidInputException} where it is not
   * one.
   */
  public static TenantId of(String value) {
    return new TenantId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
