package io.leadloom.platform;

import io.leadloom.model.Ids;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.ConflictException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
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
    var now = clock.instant();
    var mine = new Request(Ids.hash(key), fingerprint, now, null, null, null, 0);
    if (table.putIfAbsent(item(tenant, mine))) {
      return new Claim.Granted(mine);
    }
    var there = table.get(Keys.request(tenant, mine.key()), Request.class).orElse(null);
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
      table.replace(item(tenant, mine), there.rev());
    } catch (ConflictException e) {
      return new Claim.Running();
    }
    return new Claim.Granted(mine.at(there.rev() + 1));
  }

  /** Keeps the answer for those who send the request again. */
  public void complete(
      TenantId tenant, Claim.Granted claim, int status, Map<String, String> headers, String body) {
    var request = claim.request();
    replace(
        tenant,
        new Request(
            request.key(), request.fingerprint(), request.begunAt(), status, headers, body, 0),
        request.rev());
  }

  /** Lets the request be sent again, as after a fault. */
  public void release(TenantId tenant, Claim.Granted claim) {
    var request = claim.request();
    replace(
        tenant,
        new Request(
            request.key(),
            request.fingerprint(),
            request.begunAt().minus(LEASE),
            null,
            null,
            null,
            0),
        request.rev());
  }

  private void replace(TenantId tenant, Request request, long rev) {
    try {
      table.replace(item(tenant, request), rev);
    } catch (ConflictException e) {
      // It took so long that another took it over; theirs counts.
    }
  }

  private static Item item(TenantId tenant, Request request) {
    return Item.of(Keys.request(tenant, request.key()), "request", request)
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
