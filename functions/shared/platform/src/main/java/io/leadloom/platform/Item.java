package io.leadloom.platform;

import org.jspecify.annotations.Nullable;

/**
 * A record on its way into the table.
 *
 * @param entity the kind of the record, such as {@code lead}
 * @param indexKey its place in the index {@code byStatus}, if it has one
 * @param expiresAt epoch second from which the table may forget it
 */
record Item(
    Key key, String entity, Object record, @Nullable Key indexKey, @Nullable Long expiresAt) {

  static Item of(Key key, String entity, Object record) {
    return new Item(key, entity, record, null, null);
  }

  Item indexed(@Nullable Key index) {
    return new Item(key, entity, record, index, expiresAt);
  }

  Item expiring(java.time.Instant at) {
    return new Item(key, entity, record, indexKey, at.getEpochSecond());
  }
}
