package io.leadloom.packs;

/** What a message is for. */
public enum Purpose {
  FIRST_TOUCH,
  FOLLOW_UP_1,
  FOLLOW_UP_2,
  ANSWER,
  CONFIRMATION
}
