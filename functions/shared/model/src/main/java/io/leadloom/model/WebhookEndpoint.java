package io.leadloom.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An address of a tenant's own that is told what happens.
 *
 * @param types what it is told of; empty: everything
 * @param since when it came to be at this URL and in this state
 * @param secret number of the secret that signs, from 1; the text follows from it
 * @param rotatedBy the request that made this secret the present one; its repetition changes
 *     nothing
 * @param previousUntil until when the secret before it signs as well
 * @param rev counts the changes
 */
@RecordBuilder
public record WebhookEndpoint(
    EndpointId id,
    String url,
    Set<EventType> types,
    @Nullable String description,
    State state,
    Instant since,
    int secret,
    @Nullable String rotatedBy,
    @Nullable Instant previousUntil,
    Instant createdAt,
    Instant updatedAt,
    long rev) {

  /** Keeps a copy. */
  public WebhookEndpoint {
    types = Set.copyOf(types);
  }

  /** Whether it is told anything, and why not. */
  public enum State {
    ENABLED,
    /** The tenant switched it off. */
    DISABLED,
    /** It answered 410: it wants to hear nothing any more. */
    GONE,
    /** All attempts of a delivery failed, and nothing else reached it meanwhile. */
    FAILING
  }

  /** An endpoint just made. */
  public static WebhookEndpoint made(
      EndpointId id, String url, Set<EventType> types, @Nullable String description, Instant now) {
    return new WebhookEndpoint(
        id, url, types, description, State.ENABLED, now, 1, null, null, now, now, 0);
  }

  /** Whether it is told anything now. */
  public boolean enabled() {
    return state == State.ENABLED;
  }

  /** Whether it subscribed to events of a type. */
  public boolean wants(EventType type) {
    return types.isEmpty() || types.contains(type);
  }

  /** The same endpoint at another URL. */
  public WebhookEndpoint at(String newUrl, Instant now) {
    return newUrl.equals(url) ? this : change(now).url(newUrl).since(now).build();
  }

  /** The same endpoint, subscribed to other types. */
  public WebhookEndpoint wanting(Set<EventType> newTypes, Instant now) {
    return newTypes.equals(types) ? this : change(now).types(newTypes).build();
  }

  /** The same endpoint under another description. */
  public WebhookEndpoint describedAs(@Nullable String newDescription, Instant now) {
    return Objects.equals(newDescription, description)
        ? this
        : change(now).description(newDescription).build();
  }

  /** The same endpoint in another state. */
  public WebhookEndpoint in(State newState, Instant now) {
    return newState == state ? this : change(now).state(newState).since(now).build();
  }

  /**
   * The same endpoint with a new secret; the one before signs until {@code until} as well.
   *
   * @param request which asks for it; once is enough
   */
  public WebhookEndpoint rotated(String request, Instant until, Instant now) {
    return request.equals(rotatedBy)
        ? this
        : change(now).secret(secret + 1).rotatedBy(request).previousUntil(until).build();
  }

  private WebhookEndpointBuilder change(Instant now) {
    return WebhookEndpointBuilder.builder(this).updatedAt(now);
  }
}
