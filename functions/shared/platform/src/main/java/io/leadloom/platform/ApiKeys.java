package io.leadloom.platform;

import io.leadloom.model.ApiKey;
import io.leadloom.model.AuditEntry;
import io.leadloom.model.Ids;
import io.leadloom.model.KeyId;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.ConflictException;
import io.leadloom.model.fault.NotFoundException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** The API keys of each tenant. */
@Singleton
public final class ApiKeys {

  /** What the text of every key starts with, so that a key that got lost is recognised. */
  public static final String PREFIX = "llk_";

  private static final int SHOWN = 10;

  private final Table table;

  ApiKeys(Table table) {
    this.table = table;
  }

  /** The text of a key that has this secret. */
  public static Text text(String secret) {
    return new Text(PREFIX + secret);
  }

  /** Keeps a new key; {@link ConflictException} where one of its id or text is there. */
  public void create(TenantId tenant, ApiKey key) {
    write(new Write.IfAbsent(item(tenant, key)), link(tenant, key));
  }

  /** Keeps a new key as {@link #create(TenantId, ApiKey)}, with the entry that tells of it. */
  public void create(TenantId tenant, ApiKey key, AuditEntry entry) {
    write(new Write.IfAbsent(item(tenant, key)), link(tenant, key), told(tenant, entry));
  }

  /** Replaces a key, whose text stays, at the revision that was read. */
  public void change(TenantId tenant, ApiKey key) {
    write(new Write.Replacing(item(tenant, key), key.rev()));
  }

  /** Replaces a key as {@link #change(TenantId, ApiKey)}, with the entry that tells of it. */
  public void change(TenantId tenant, ApiKey key, AuditEntry entry) {
    write(new Write.Replacing(item(tenant, key), key.rev()), told(tenant, entry));
  }

  /** Replaces a key that has a new text, one that no key ever had. */
  public void rotate(TenantId tenant, ApiKey key, AuditEntry entry) {
    write(
        new Write.Replacing(item(tenant, key), key.rev()), link(tenant, key), told(tenant, entry));
  }

  /** A tenant's keys, those that were revoked too. */
  public List<ApiKey> list(TenantId tenant) {
    return table.query(Keys.ofTenant(tenant), Keys.apiKeys(), ApiKey.class);
  }

  /** The key of that id. */
  public Optional<ApiKey> find(TenantId tenant, KeyId id) {
    return table.get(Keys.apiKey(tenant, id), ApiKey.class);
  }

  /** The key of that id; {@link NotFoundException} where the tenant has none. */
  public ApiKey get(TenantId tenant, KeyId id) {
    return find(tenant, id)
        .orElseThrow(
            () -> new NotFoundException("key.not-found", "There is no API key '" + id + "'"));
  }

  /** Whose key it is that ever had the text; whether it opens anything is the key's to say. */
  public Optional<Found> holderOf(Text text) {
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

  private static Write link(TenantId tenant, ApiKey key) {
    return new Write.IfAbsent(
        Item.of(Keys.apiKeyText(key.hash()), "apiKeyLink", new Link(tenant, key.id())));
  }

  private static Write told(TenantId tenant, AuditEntry entry) {
    return new Write.Always(Audit.item(tenant, entry));
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
