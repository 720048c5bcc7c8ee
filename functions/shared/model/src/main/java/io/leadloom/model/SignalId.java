package io.leadloom.model;

/** Names a signal. */
public record SignalId(String value) {

  /** Checks the form of the id; see {@link Ids#check}. */
  public SignalId {
    Ids.check("SignalId", value);
  }

  /**
   * The id with this text; {@link io.leadloom.model.fault.InvalidInputException} where it is not
   * one.
   */
  public static SignalId of(String value) {
    return new SignalId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
