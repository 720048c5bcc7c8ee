package io.leadloom.platform;

import io.leadloom.model.TenantId;
import io.leadloom.model.UserId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of people's sessions beside their tokens: which were ended before their tokens
 * expire, and for which tenant a person's next token is.
 */
@Singleton
public final class Sessions {

  private final Table table;

  Sessions(Table table) {
    this.table = table;
  }

  /**
   * Ends a session, at once and for all its tokens.
   *
   * @param session the tokens' {@code origin_jti}
   * @param until when the last of them expires by itself
   */
  public void end(String session, Instant until) {
    put(
        Item.of(Keys.endedSession(session), "endedSession", Map.of("until", until))
            .expiring(until));
  }

  /** Whether a session was ended. */
  public boolean ended(String session) {
    return get(Keys.endedSession(session), Ended.class).isPresent();
  }

  /** Makes a tenant the one that a person's next token is for. */
  public void choose(UserId user, TenantId tenant) {
    put(Item.of(Keys.person(user), "person", Map.of("tenant", tenant.value())));
  }

  /** The tenant that a person chose last. */
  public Optional<TenantId> chosen(UserId user) {
    return get(Keys.person(user), Chosen.class).map(chosen -> TenantId.of(chosen.tenant()));
  }

  private void put(Item item) {
    TenantScope.ofNoTenant(() -> {
      table.put(item);
      return item;
    });
  }

  private <T> Optional<T> get(Key key, Class<T> type) {
    return TenantScope.ofNoTenant(() -> table.get(key, type));
  }

  private record Ended(Instant until) {}

  private record Chosen(String tenant) {}
}
