package io.leadloom.simulators;

import org.jspecify.annotations.Nullable;

/** What only the provider can tell the journal about a request; see {@link JournalLine}. */
record Note(
    @Nullable String idempotencyKey,
    @Nullable String recipient,
    @Nullable String lead,
    @Nullable String effect) {

  static final Note NOTHING = new Note(null, null, null, null);

  Note withEffect(String happened) {
    return new Note(idempotencyKey, recipient, lead, happened);
  }
}
