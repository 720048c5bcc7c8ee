package io.leadloom.simulators;

import java.net.URI;
import java.time.Instant;

/**
 * A request from the outside world to the product that follows from a {@link Message}. It is the
 * same whenever it is worked out, down to the bytes.
 *
 * @param id stable, and told to the receiver where the vendor has a way to
 * @param due when it is sent first
 * @param type what it is: the event's type at the vendor, {@code inbound} or {@code one-click}
 */
record Reaction(
    String id,
    Instant due,
    String provider,
    String type,
    URI target,
    String contentType,
    byte[] body,
    Proof proof) {

  /** How the receiver can tell that it is genuine. */
  sealed interface Proof {
    /** A signature as in Standard Webhooks, under Svix's header names. */
    record Signed(String secret) implements Proof {}

    /** HTTP Basic. */
    record Password(String user, String password) implements Proof {}

    /** Nothing but an address that cannot be guessed. */
    record None() implements Proof {}
  }
}
