package io.leadloom.sourcing;

import io.leadloom.model.Permit;
import io.leadloom.model.PermitRow;
import io.leadloom.packs.PermitFacts;

/**
 * A row as the pack understands it.
 *
 * @param facts its canonical fields, as rules read them
 * @param permit the same as a record; its number is empty where the row has none
 * @param version identity of the permit, and hash of the facts
 */
record MappedRow(long line, PermitFacts facts, Permit permit, PermitRow.Version version) {}
