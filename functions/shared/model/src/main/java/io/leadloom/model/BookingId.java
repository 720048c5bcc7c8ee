package io.leadloom.model;

/** Names a booking. */
public record BookingId(String value) {

  /** Checks the form of the id; see {@link Ids#check}. */
  public BookingId {
    Ids.check("BookingId", value);
  }

  /**
   * The id with this text; {@link io.leadloom.model.fault.InvalidInputException} where it is not
   * one.
   */
  public static BookingId of(String value) {
    return new BookingId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
