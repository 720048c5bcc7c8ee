package io.leadloom.model;

import java.time.Instant;

/**
 * An offer to join a tenant, open until it is taken, withdrawn or expires.
 *
 * @param email whom it is for, in lower case; nobody else can take it
 * @param codeHash SHA-256 of the code that the invited person has to show
 * @param invitedBy actor who made it
 */
public record Invitation(
    InvitationId id,
    String email,
    Role role,
    String codeHash,
    String invitedBy,
    Instant invitedAt,
    Instant expiresAt) {

  /** Whether it can still be taken. */
  public boolean openAt(Instant now) {
    return now.isBefore(expiresAt);
  }
}
