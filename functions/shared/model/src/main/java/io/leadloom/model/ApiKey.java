package io.leadloom.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A program's access to a tenant. Its text is shown once and not kept; who holds the text is found
 * by its hash. It may no more than the person to whom its text was told, for as long as they belong
 * to the tenant: so that nobody who left still gets in by a key that they once made.
 *
 * @param start the first characters of the text, by which people tell keys apart
 * @param hash SHA-256 of the text
 * @param scopes what it may do, as far as its role allows
 * @param createdBy actor who made it
 * @param holder actor to whom its text was told: a person
 * @param expiresAt until when it works; absent: until it is revoked
 * @param previous the text before the last rotation, while that still works
 * @param lastUsedAt when it was used last, give or take five minutes; absent: never
 */
@RecordBuilder
public record ApiKey(
    KeyId id,
    String name,
    String start,
    String hash,
    Role role,
    Set<Permission> scopes,
    String createdBy,
    String holder,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Previous previous,
    @Nullable Instant lastUsedAt,
    long rev) {

  /** Keeps a copy. */
  public ApiKey {
    scopes = Set.copyOf(scopes);
  }

  /** A text that was replaced, by its hash, until when it still works, and who was told it. */
  public record Previous(String hash, Instant until, String holder) {}

  /** Who was told the text of that hash, where it opens the tenant now. */
  public Optional<String> opens(String textHash, Instant now) {
    if (revokedAt != null || (expiresAt != null && !now.isBefore(expiresAt))) {
      return Optional.empty();
    }
    if (hash.equals(textHash)) {
      return Optional.of(holder);
    }
    return Optional.ofNullable(previous)
        .filter(text -> text.hash().equals(textHash) && now.isBefore(text.until()))
        .map(Previous::holder);
  }

  /** The key with a new text, told to somebody; the one before works until {@code until}. */
  public ApiKey rotated(String newStart, String newHash, String newHolder, Instant until) {
    return ApiKeyBuilder.builder(this)
        .start(newStart)
        .hash(newHash)
        .holder(newHolder)
        .previous(new Previous(hash, until, holder))
        .build();
  }

  /** The key as it opens nothing any more; the first revocation stays. */
  public ApiKey revoked(Instant now) {
    return revokedAt == null ? ApiKeyBuilder.builder(this).revokedAt(now).build() : this;
  }

  /** The key with its last use. */
  public ApiKey used(Instant now) {
    return ApiKeyBuilder.builder(this).lastUsedAt(now).build();
  }
}
