package io.leadloom.model;

/** What a message is for. */
public enum Purpose {
  FIRST_TOUCH,
  FOLLOW_UP,
  /** Answers a question or an objection. */
  ANSWER,
  /** Confirms a booked meeting; asked for by the recipient, so no marketing. */
  CONFIRMATION;

  /** Whether it goes to somebody who did not answer. */
  public boolean isUnasked() {
    return this == FIRST_TOUCH || this == FOLLOW_UP;
  }
}
