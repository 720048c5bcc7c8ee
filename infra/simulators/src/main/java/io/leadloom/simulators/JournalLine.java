package io.leadloom.simulators;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request in the journal.
 *
 * @param at when it came, by the clock of the stack
 * @param provider whose simulator was asked
 * @param path the path at the vendor, without the query, which may hold keys
 * @param idempotencyKey the key the request was sent with
 * @param recipient the first person a message was for
 * @param lead the lead named by the request
 * @param effect what it brought about in the outside world ({@code message:<id>}, {@code
 *     booking:<id>}); null where nothing happened
 */
record JournalLine(
    Instant at,
    String provider,
    String method,
    String path,
    @Nullable String idempotencyKey,
    @Nullable String recipient,
    @Nullable String lead,
    @Nullable String effect) {}
