package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A change of an item.
 *
 * @param arrival when the stack first saw it
 * @param json as functions get it
 */
record StreamRecord(String shardId, String sequenceNumber, Instant arrival, JsonNode json) {}
