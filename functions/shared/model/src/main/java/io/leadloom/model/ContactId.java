package io.leadloom.model;

/** Names a contact. */
public record ContactId(String value) {

  /** Checks the form of the id; see {@link Ids#check}. */
  public ContactId {
    Ids.check("ContactId", value);
  }

  /**
   * The id with this text; {@link io.leadloom.model.fault.InvalidInputException} where it is not
   * one.
   */
  public static ContactId of(String value) {
    return new ContactId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
