package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import org.jspecify.annotations.Nullable;

/** Puts several items of a distributed Map into the input of one child execution. */
record ItemBatcher(NumberField maxItems, NumberField maxBytes, @Nullable Template batchInput) {

  private static final long MOST_BYTES = 262_144;

  /** The batches. */
  ArrayNode batches(Scope scope, ArrayNode items) {
    var itemLimit = maxItems.evaluate(scope);
    var byteLimit = maxBytes.evaluate(scope);
    var perBatch = itemLimit == null ? Integer.MAX_VALUE : itemLimit.longValue();
    var bytesPerBatch = byteLimit == null ? MOST_BYTES : byteLimit.longValue();
    if (perBatch < 1 || bytesPerBatch < 1) {
      throw scope.runtimeError("The limits of an ItemBatcher must be positive.");
    }
    var common = batchInput == null ? null : batchInput.evaluate(scope);
    var batches = Json.array();
    var batch = Json.array();
    long bytes = 0;
    for (var item : items) {
      var size = Json.size(item) + 1;
      if (!batch.isEmpty() && (batch.size() >= perBatch || bytes + size > bytesPerBatch)) {
        add(batches, common, batch);
        batch = Json.array();
        bytes = 0;
      }
      batch.add(item);
      bytes += size;
    }
    if (!batch.isEmpty()) {
      add(batches, common, batch);
    }
    return batches;
  }

  private static void add(ArrayNode batches, @Nullable JsonNode common, ArrayNode batch) {
    var object = batches.addObject();
    if (common != null) {
      object.set("BatchInput", common);
    }
    object.set("Items", batch);
  }
}
