package io.leadloom.model;

/** Names a touch; it is the effect id of its send as well. */
public record TouchId(String value) {

  /** Checks the form of the id; see {@link Ids#check}. */
  public TouchId {
    Ids.check("TouchId", value);
  }

  /**
   * The id with this text; {@link io.leadloom.model.fault.InvalidInputException} where it is not
   * one.
   */
  public static TouchId of(String value) {
    return new TouchId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
