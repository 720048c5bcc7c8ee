package io.leadloom.model;

/** Names an approval. */
public record ApprovalId(String value) {

  /** Checks the form of the id; see {@link Ids#check}. */
  public ApprovalId {
    Ids.check("ApprovalId", value);
  }

  /**
   * The id with this text; {@link io.leadloom.model.fault.InvalidInputException} where it is not
   * one.
   */
  public static ApprovalId of(String value) {
    return new ApprovalId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
