package io.leadloom.platform;

import io.leadloom.model.LeadRef;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * How something from outside finds its lead: by a provider's message id, a reply token, a
 * Message-ID.
 */
@Singleton
public final class Links {

  private final Table table;

  Links(Table table) {
    this.table = table;
  }

  /** Links an id of some kind to where it belongs. */
  public void put(String kind, String id, LeadRef to) {
    table.put(item(kind, id, to));
  }

  static Item item(String kind, String id, LeadRef to) {
    return Item.of(Keys.link(kind, id), "link", to);
  }

  /** Where an id of that kind belongs. */
  public Optional<LeadRef> find(String kind, String id) {
    return table.get(Keys.link(kind, id), LeadRef.class);
  }
}
