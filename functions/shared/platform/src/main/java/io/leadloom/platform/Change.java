package io.leadloom.platform;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.Ids;
import io.leadloom.model.TenantId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A change of a tenant's item, as the stream of the table tells of it. */
public final class Change {

  private final String id;
  private final TenantId tenant;
  private final String entity;
  private final Instant at;
  private final @Nullable Map<String, AttributeValue> before;
  private final @Nullable Map<String, AttributeValue> after;

  private Change(
      String id,
      TenantId tenant,
      String entity,
      Instant at,
      @Nullable Map<String, AttributeValue> before,
      @Nullable Map<String, AttributeValue> after) {
    this.id = id;
    this.tenant = tenant;
    this.entity = entity;
    this.at = at;
    this.before = before;
    this.after = after;
  }

  /** The change in a record of the stream; nothing where the item is no tenant's. */
  static Optional<Change> of(JsonNode record) {
    var told = record.path("dynamodb");
    var key = ItemCodec.untyped(told.path("Keys"));
    var before = told.has("OldImage") ? ItemCodec.untyped(told.path("OldImage")) : null;
    var after = told.has("NewImage") ? ItemCodec.untyped(told.path("NewImage")) : null;
    var one = after == null ? before : after;
    if (one == null || key.get("pk") == null || key.get("sk") == null) {
      return Optional.empty();
    }
    var pk = key.get("pk").s();
    var id =
        Ids.derive(
            "change",
            pk,
            key.get("sk").s(),
            told.path("SequenceNumber").asText(),
            record.path("eventID").asText());
    var entity = one.getOrDefault("entity", AttributeValue.fromS("")).s();
    var at = Instant.ofEpochSecond(told.path("ApproximateCreationDateTime").asLong());
    return Keys.tenantOf(pk).map(tenant -> new Change(id, tenant, entity, at, before, after));
  }

  /** Names the change; it is told of under the same id each time. */
  public String id() {
    return id;
  }

  /** Whose item it is. */
  public TenantId tenant() {
    return tenant;
  }

  /** The kind of the item, such as {@code lead}. */
  public String entity() {
    return entity;
  }

  /** When it was made, to the second. */
  public Instant at() {
    return at;
  }

  /** The item before; nothing where it was made. */
  public <T> Optional<T> before(Class<T> type) {
    return before == null ? Optional.empty() : Optional.of(ItemCodec.record(before, type));
  }

  /** The item after; nothing where it was deleted. */
  public <T> Optional<T> after(Class<T> type) {
    return after == null ? Optional.empty() : Optional.of(ItemCodec.record(after, type));
  }

  /** The item after, as it is stored; null where it was deleted. */
  @Nullable Map<String, AttributeValue> after() {
    return after;
  }
}
