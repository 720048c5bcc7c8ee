package io.leadloom.model;

/** Names a person who signs in, in all tenants the same. */
public record UserId(String value) {

  /** Checks the form of the id; see {@link Ids#check}. */
  public UserId {
    Ids.check("UserId", value);
  }

  /**
   * The id with this text; {@link io.leadloom.model.fault.InvalidInputException} where it is not
   * one.
   */
  public static UserId of(String value) {
    return new UserId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
