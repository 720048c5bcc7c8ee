package io.leadloom.packs;

/** What a prospect's question or objection is about. */
public enum QuestionKind {
  PRICE,
  HAVE_VENDOR,
  NOT_NOW,
  SEND_INFO,
  CREDENTIALS,
  SOURCE_OF_DATA,
  WRONG_PERSON,
  GENERAL
}
