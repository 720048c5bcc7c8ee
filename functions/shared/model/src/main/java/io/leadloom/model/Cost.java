package io.leadloom.model;

import java.time.Instant;

/**
 * Money spent on a lead.
 *
 * @param id derived from what was bought, so that a repeated step is charged once
 * @param microUsd millionths of a US dollar
 */
public record Cost(String id, String what, String provider, long microUsd, Instant at) {}
