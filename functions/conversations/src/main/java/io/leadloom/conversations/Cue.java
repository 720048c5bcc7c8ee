package io.leadloom.conversations;

/** What a sentence may be a cue of. */
enum Cue {
  COMPLAINT,
  LEGAL,
  DECLINE,
  /** Asks for a time to meet, in so many words. */
  MEETING,
  /** Could be met, or called. */
  REACHABLE,
  LATER,
  PRICE,
  VENDOR,
  WRONG_PERSON,
  QUESTION,
  /** Wants to read more before anything else. */
  INFORMATION,
  INTEREST
}
