package io.leadloom.identity;

import io.leadloom.model.UserId;
import java.time.Instant;
import java.util.UUID;

/**
 * A sign-in.
 *
 * @param id in its tokens {@code origin_jti}
 */
record Session(String id, UserId user, String email, Instant signedIn) {

  static Session begin(UserId user, String email, Instant now) {
    return new Session(UUID.randomUUID().toString(), user, email, now);
  }
}
