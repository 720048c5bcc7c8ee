package io.leadloom.platform;

import io.leadloom.model.ApiKey;
import io.leadloom.model.Ids;
import io.leadloom.model.KeyId;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.ConflictException;
import io.leadloom.model.fault.NotFoundException;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The API keys of each tenant. */
@Singleton
public final class ApiKeys {

  /** What the text of every key starts with, so that a key that got lost is recognised. */
  public static final String PREFIX = "llk_";

  private static final int SHOWN = 10;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Table table;

  ApiKeys(Table table) {
    this.table = table;
  }

  /** A new text of a key: 256 random bits. */
  public static Text newText() {
    var bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return new Text(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Keeps a new key; {@link ConflictException} where one of its id is there. */
  public void create(TenantId tenant, ApiKey key) {
    write(new Write.IfAbsent(item(tenant, key)), link(tenant, key.hash(), key.id()));
  }

  /** Replaces a key at the revision that was read, with the text that it has now. */
  public void change(TenantId tenant, ApiKey key) {
    write(new Write.Replacing(item(tenant, key), key.rev()), link(tenant, key.hash(), key.id()));
  }

  /** A tenant's keys, those that were revoked too. */
  public List<ApiKey> list(TenantId tenant) {
    return table.query(Keys.ofTenant(tenant), Keys.apiKeys(), ApiKey.class);
  }

  /** The key of that id; {@link NotFoundException} where the tenant has none. */
  public ApiKey get(TenantId tenant, KeyId id) {
    return table
        .get(Keys.apiKey(tenant, id), ApiKey.class)
        .orElseThrow(
            () -> new NotFoundException("key.not-found", "There is no API key '" + id + "'"));
  }

  /** Whose key it is that ever had the text; whether it opens anything is the key's to say. */
  public Optional<Found> find(Text text) {
    return table
        .get(Keys.apiKeyText(text.hash()), Link.class)
        .map(link -> new Found(link.tenant(), get(link.tenant(), link.key())));
  }

  private void write(Write... writes) {
    if (!table.together(writes)) {
      throw new ConflictException("table.changed", "The API key was changed by somebody else");
    }
  }

  private static Item item(TenantId tenant, ApiKey key) {
    return Item.of(Keys.apiKey(tenant, key.id()), "apiKey", key);
  }

  private static Write link(TenantId tenant, String hash, KeyId id) {
    return new Write.Always(Item.of(Keys.apiKeyText(hash), "apiKeyLink", new Link(tenant, id)));
  }

  /** A key and whose it is. */
  public record Found(TenantId tenant, ApiKey key) {}

  /** The text of a key, which is its secret. */
  public record Text(String value) {

    /** By what it is kept and found. */
    public String hash() {
      return Ids.hash(value);
    }

    /** The characters that are shown of it later. */
    public String start() {
      return value.substring(0, Math.min(SHOWN, value.length()));
    }

    @Override
    public String toString() {
      return start() + "…";
    }
  }

  private record Link(TenantId tenant, KeyId key) {}
}
