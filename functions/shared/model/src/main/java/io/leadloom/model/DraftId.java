package io.leadloom.model;

/** Names a draft. */
public record DraftId(String value) {

  /** Checks the form of the id; see {@link Ids#check}. */
  public DraftId {
    Ids.check("DraftId", value);
  }

  /**
   * The id with this text; {@link io.leadloom.model.fault.InvalidInputException} where it is not
   * one.
   */
  public static DraftId of(String value) {
    return new DraftId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
