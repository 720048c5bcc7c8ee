package io.leadloom.packs;

import io.leadloom.model.Purpose;

/** The messages a pack has templates for: a purpose, and for follow-ups which one it is. */
public enum TemplateKind {
  FIRST_TOUCH(Purpose.FIRST_TOUCH),
  FOLLOW_UP_1(Purpose.FOLLOW_UP),
  FOLLOW_UP_2(Purpose.FOLLOW_UP),
  ANSWER(Purpose.ANSWER),
  CONFIRMATION(Purpose.CONFIRMATION);

  private final Purpose purpose;

  TemplateKind(Purpose purpose) {
    this.purpose = purpose;
  }

  /** What such a message is for. */
  public Purpose purpose() {
    return purpose;
  }

  /**
   * The kind for a message.
   *
   * @param followUp which follow-up it is, from 1; the last kind serves all later ones. Ignored for
   *     other purposes
   */
  public static TemplateKind of(Purpose purpose, int followUp) {
    return switch (purpose) {
      case FIRST_TOUCH -> FIRST_TOUCH;
      case FOLLOW_UP -> followUp <= 1 ? FOLLOW_UP_1 : FOLLOW_UP_2;
      case ANSWER -> ANSWER;
      case CONFIRMATION -> CONFIRMATION;
    };
  }
}
