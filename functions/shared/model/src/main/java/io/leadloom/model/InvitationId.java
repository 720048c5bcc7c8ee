package io.leadloom.model;

/** Names an invitation; it is no secret. */
public record InvitationId(String value) {

  /** Checks the form of the id; see {@link Ids#check}. */
  public InvitationId {
    Ids.check("InvitationId", value);
  }

  /**
   * The id with this text; {@link io.leadloom.model.fault.InvalidInputException} where it is not
   * one.
   */
  public static InvitationId of(String value) {
    return new InvitationId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
