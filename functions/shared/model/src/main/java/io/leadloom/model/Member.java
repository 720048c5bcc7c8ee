package io.leadloom.model;

import java.time.Instant;

/**
 * A person who belongs to a tenant.
 *
 * @param email as the person's identity provider knows it, in lower case
 */
public record Member(UserId user, String email, Role role, Instant joinedAt) {}
