package io.leadloom.model;

import java.time.Instant;

/**
 * Who did what to what, when, and why. Actors are people's ids, or {@code rule:}, {@code step:} and
 * a name.
 */
public record AuditEntry(Instant at, String actor, String action, String subject, String why) {}
