package io.leadloom.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.model.Origin;
import io.leadloom.model.Plan;
import io.leadloom.model.Subscription;
import io.leadloom.model.fault.TransientException;
import java.util.List;
import java.util.Map;

/**
 * The layouts that items of each kind have had, and how an item of an older one is read. Every item
 * bears the number of its layout as {@code v}; the first is 1, and an item without is older still
 * and read as 1.
 *
 * <p>A layout gets a new number where code of the one before would misread it: a member that was
 * renamed, split or means something else. A member that is only added and may be absent needs none.
 * Items are lifted as they are read, and stored in the new layout when they are next written.
 */
final class Schemas {

  /** What each kind's layouts from 2 on changed, oldest first. */
  static final Schemas CURRENT =
      new Schemas(
          Map.of(
              // An entry did not tell from where something was done.
              "audit",
              List.of(Upcast.defaulting("origin", Json.mapper().valueToTree(Origin.UNKNOWN))),
              "apiKey",
              List.<Upcast>of(Schemas::held),
              "tenant",
              List.<Upcast>of(Schemas::subscribed)));

  private final Map<String, List<Upcast>> upcasts;

  /**
   * @param upcasts by the kind of the item; the first of a list leads from layout 1 to 2
   */
  Schemas(Map<String, List<Upcast>> upcasts) {
    this.upcasts = upcasts;
  }

  /** The layout in which items of a kind are written. */
  int version(String entity) {
    return upcasts.getOrDefault(entity, List.of()).size() + 1;
  }

  /**
   * Turns an item as it was stored into one of the layout that the code knows.
   *
   * @throws TransientException where the item's layout is newer: while a deployment is under way,
   *     code of before and after it works side by side
   */
  void lift(ObjectNode item) {
    var entity = item.path("entity").asText();
    var steps = upcasts.getOrDefault(entity, List.of());
    var version = Math.max(1, item.path("v").asInt(0));
    if (version > version(entity)) {
      throw new TransientException(
          "table.newer",
          "A %s was written in layout %d, of which this code knows %d"
              .formatted(entity, version, version(entity)));
    }
    steps.subList(version - 1, steps.size()).forEach(step -> step.lift(item));
  }

  /** Tenants had a number of credits before there were plans. */
  private static void subscribed(ObjectNode tenant) {
    tenant.remove("monthlyCredits");
    tenant.set("subscription", Json.mapper().valueToTree(Subscription.to(Plan.smallest())));
  }

  /** Who was told the text of a key was not kept: it was who made it. */
  private static void held(ObjectNode key) {
    key.set("holder", key.path("createdBy"));
    if (key.path("previous") instanceof ObjectNode previous) {
      previous.set("holder", key.path("createdBy"));
    }
  }

  /** Leads from one layout to the next, in place. It knows the item as stored, keys included. */
  @FunctionalInterface
  interface Upcast {
    void lift(ObjectNode item);

    /** Gives a member a value where it has none. */
    static Upcast defaulting(String member, JsonNode value) {
      return item -> {
        if (!item.hasNonNull(member)) {
          item.set(member, value.deepCopy());
        }
      };
    }
  }
}
