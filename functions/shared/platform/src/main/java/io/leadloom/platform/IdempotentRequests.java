package io.leadloom.platform;

import io.leadloom.model.Ids;
import io.leadloom.model.fault.ConflictException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests that must act once however often they are sent: who works on one, and what was answered,
 * by the key that the caller chose.
 */
@Singleton
public final class IdempotentRequests {

  /** How long a key stands for its request. */
  private static final Duration KEPT = Duration.ofHours(24);

  /** After which a request that was begun must have died: longer than any function may run. */
  private static final Duration LEASE = Duration.ofMinutes(1);

  private final Table table;
  private final Clock clock;

  IdempotentRequests(Table table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  /**
   * Claims a request.
   *
   * @param fingerprint tells the request from another one that is sent with the same key
   */
  public Claim claim(Requester requester, String key, String fingerprint) {
    return scoped(requester, () -> claimed(requester, key, fingerprint));
  }

  private Claim claimed(Requester requester, String key, String fingerprint) {
    var now = clock.instant();
    var mine = new Request(Ids.hash(key), fingerprint, now, null, null, null, 0);
    if (table.putIfAbsent(item(requester, mine))) {
      return new Claim.Granted(mine);
    }
    var there = table.get(place(requester, mine.key()), Request.class).orElse(null);
    if (there == null) {
      return new Claim.Running();
    }
    var lapsed = now.isAfter(there.begunAt().plus(KEPT));
    if (!lapsed && !there.fingerprint().equals(fingerprint)) {
      return new Claim.Other();
    }
    var status = there.status();
    if (!lapsed && status != null) {
      return new Claim.Done(
          status,
          there.headers() == null ? Map.of() : there.headers(),
          there.body() == null ? "" : there.body());
    }
    if (!lapsed && now.isBefore(there.begunAt().plus(LEASE))) {
      return new Claim.Running();
    }
    try {
      table.replace(item(requester, mine), there.rev());
    } catch (ConflictException e) {
      return new Claim.Running();
    }
    return new Claim.Granted(mine.at(there.rev() + 1));
  }

  /** Keeps the answer for those who send the request again. */
  public void complete(
      Requester requester,
      Claim.Granted claim,
      int status,
      Map<String, String> headers,
      String body) {
    replace(requester, claim, answered(claim, status, headers, body));
  }

  /** Lets the request be sent again, as after a fault. */
  public void release(Requester requester, Claim.Granted claim) {
    replace(requester, claim, released(claim));
  }

  private static Request answered(
      Claim.Granted claim, int status, Map<String, String> headers, String body) {
    var request = claim.request();
    return new Request(
        request.key(), request.fingerprint(), request.begunAt(), status, headers, body, 0);
  }

  private static Request released(Claim.Granted claim) {
    var request = claim.request();
    return new Request(
        request.key(), request.fingerprint(), request.begunAt().minus(LEASE), null, null, null, 0);
  }

  private void replace(Requester requester, Claim.Granted claim, Request request) {
    scoped(
        requester,
        () -> {
          try {
            table.replace(item(requester, request), claim.request().rev());
            return true;
          } catch (ConflictException e) {
            // It took so long that another took it over; theirs counts.
            return false;
          }
        });
  }

  private static Item item(Requester requester, Request request) {
    return Item.of(place(requester, request.key()), "request", request)
        .expiring(request.begunAt().plus(KEPT));
  }

  private static Key place(Requester requester, String keyHash) {
    return switch (requester) {
      case Requester.OfTenant(var tenant) -> Keys.request(tenant, keyHash);
      case Requester.OfPerson(var person) -> Keys.request(person, keyHash);
    };
  }

  /** Does some work with the credentials that open what is kept. */
  private static <T> T scoped(Requester requester, Supplier<T> work) {
    return requester instanceof Requester.OfPerson ? TenantScope.ofNoTenant(work) : work.get();
  }

  /** Whether one may act. */
  public sealed interface Claim {

    /** Yes; then {@link #complete}, or {@link #release}. */
    record Granted(Request request) implements Claim {}

    /** Somebody else does at this moment. */
    record Running() implements Claim {}

    /** Somebody did, and this is the answer. */
    record Done(int status, Map<String, String> headers, String body) implements Claim {}

    /** The key stands for another request. */
    record Other() implements Claim {}
  }

  /** A request that was begun, and its answer once there is one. */
  public record Request(
      String key,
      String fingerprint,
      Instant begunAt,
      @Nullable Integer status,
      @Nullable Map<String, String> headers,
      @Nullable String body,
      long rev) {

    private Request at(long newRev) {
      return new Request(key, fingerprint, begunAt, status, headers, body, newRev);
    }
  }
}
