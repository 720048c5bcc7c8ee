package io.leadloom.audit;

import io.leadloom.model.Seal;
import io.leadloom.platform.Audit.Recorded;
import java.util.function.Supplier;

/**
 * A tenant's audit while it goes on being written.
 *
 * @param head where the chain ended when reading began
 * @param seals up to there, in their order
 * @param entries all of them at least that the seals cover
 * @param end where the chain ends; asked when the entries have been read
 */
record Snapshot(Head head, Iterable<Seal> seals, Iterable<Recorded> entries, Supplier<Head> end) {}
