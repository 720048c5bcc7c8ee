package io.leadloom.model;

/** Names a reply. */
public record ReplyId(String value) {

  /** Checks the form of the id; see {@link Ids#check}. */
  public ReplyId {
    Ids.check("ReplyId", value);
  }

  /**
   * The id with this text; {@link io.leadloom.model.fault.InvalidInputException} where it is not
   * one.
   */
  public static ReplyId of(String value) {
    return new ReplyId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
