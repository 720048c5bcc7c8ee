package io.leadloom.model;

/** Names an address of a tenant's own that is told what happens. */
public record EndpointId(String value) {

  /** Checks the form of the id; see {@link Ids#check}. */
  public EndpointId {
    Ids.check("EndpointId", value);
  }

  /**
   * The id with this text; {@link io.leadloom.model.fault.InvalidInputException} where it is not
   * one.
   */
  public static EndpointId of(String value) {
    return new EndpointId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
