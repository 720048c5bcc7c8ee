package io.leadloom.model;

/** Names an API key; it is no secret. */
public record KeyId(String value) {

  /** Checks the form of the id; see {@link Ids#check}. */
  public KeyId {
    Ids.check("KeyId", value);
  }

  /**
   * The id with this text; {@link io.leadloom.model.fault.InvalidInputException} where it is not
   * one.
   */
  public static KeyId of(String value) {
    return new KeyId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
