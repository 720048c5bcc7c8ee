package io.leadloom.simulators;

/** What a person does about one message. */
enum Act {
  NOTHING,
  /** There is no such mailbox. */
  BOUNCE,
  OUT_OF_OFFICE,
  /** A machine confirms that the message arrived. */
  ACKNOWLEDGE,
  /** Presses the unsubscribe button of the mail program. */
  ONE_CLICK,
  /** Asks in words not to be written to any more. */
  OPT_OUT,
  /** Reports the message as spam. */
  COMPLAIN,
  ASK_FOR_MEETING,
  SHOW_INTEREST,
  ASK,
  OBJECT,
  DECLINE;

  /** Whether it is something a mail program does by itself, within minutes. */
  boolean isAutomatic() {
    return this == OUT_OF_OFFICE || this == ACKNOWLEDGE;
  }

  /** Whether it comes as a mail. */
  boolean isReply() {
    return switch (this) {
      case OUT_OF_OFFICE,
          ACKNOWLEDGE,
          OPT_OUT,
          ASK_FOR_MEETING,
          SHOW_INTEREST,
          ASK,
          OBJECT,
          DECLINE ->
          true;
      case NOTHING, BOUNCE, ONE_CLICK, COMPLAIN -> false;
    };
  }
}
