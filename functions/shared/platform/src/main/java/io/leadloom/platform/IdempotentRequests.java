package io.leadloom.platform;

import io.leadloom.model.Ids;
import io.leadloom.model.TenantId;
import io.leadloom.model.UserId;
import io.leadloom.model.fault.ConflictException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
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
  public Claim claim(TenantId tenant, String key, String fingerprint) {
    return claim(hash -> Keys.request(tenant, hash), key, fingerprint);
  }

  /** Claims a request that is a person's own, whatever the tenant. */
  public Claim claimByPerson(UserId person, String key, String fingerprint) {
    return TenantScope.ofNoTenant(
        () -> claim(hash -> Keys.request(person, hash), key, fingerprint));
  }

  private Claim claim(Function<String, Key> place, String key, String fingerprint) {
    var now = clock.instant();
    var mine = new Request(Ids.hash(key), fingerprint, now, null, null, null, 0);
    if (table.putIfAbsent(item(place, mine))) {
      return new Claim.Granted(mine);
    }
    var there = table.get(place.apply(mine.key()), Request.class).orElse(null);
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
      table.replace(item(place, mine), there.rev());
    } catch (ConflictException e) {
      return new Claim.Running();
    }
    return new Claim.Granted(mine.at(there.rev() + 1));
  }

  /** Keeps the answer for those who send the request again. */
  public void complete(
      TenantId tenant, Claim.Granted claim, int status, Map<String, String> headers, String body) {
    replace(hash -> Keys.request(tenant, hash), claim, answered(claim, status, headers, body));
  }

  /** Keeps the answer to a request that is a person's own. */
  public void completeByPerson(
      UserId person, Claim.Granted claim, int status, Map<String, String> headers, String body) {
    TenantScope.ofNoTenant(() -> {
      replace(hash -> Keys.request(person, hash), claim, answered(claim, status, headers, body));
      return claim;
    });
  }

  /** Lets the request be sent again, as after a fault. */
  public void release(TenantId tenant, Claim.Granted claim) {
    replace(hash -> Keys.request(tenant, hash), claim, released(claim));
  }

  /** Lets a request that is a person's own be sent again. */
  public void releaseByPerson(UserId person, Claim.Granted claim) {
    TenantScope.ofNoTenant(() -> {
      replace(hash -> Keys.request(person, hash), claim, released(claim));
      return claim;
    });
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

  private void replace(Function<String, Key> place, Claim.Granted claim, Request request) {
    try {
      table.replace(item(place, request), claim.request().rev());
    } catch (ConflictException e) {
      // It took so long that another took it over; theirs counts.
    }
  }

  private static Item item(Function<String, Key> place, Request request) {
    return Item.of(place.apply(request.key()), "request", request)
        .expiring(request.begunAt().plus(KEPT));
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
