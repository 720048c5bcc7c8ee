package io.leadloom.model;

/** Names one event on its way to one endpoint. */
public record DeliveryId(String value) {

  /** Checks the form of the id; see {@link Ids#check}. */
  public DeliveryId {
    Ids.check("DeliveryId", value);
  }

  /**
   * The id with this text; {@link io.leadloom.model.fault.InvalidInputException} where it is not
   * one.
   */
  public static DeliveryId of(String value) {
    return new DeliveryId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
