package io.leadloom.local;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message in a queue. Times are milliseconds of the epoch on the stack's clock.
 *
 * @param sequence its place in the queue
 * @param attributes the MessageAttributes, as the API has them
 * @param traceHeader the one system attribute that a sender can set
 * @param visibleAt from when on it can be received
 * @param receives how often it was received
 * @param receipt names the latest receive; empty before the first
 * @param sourceArn the queue that it was moved from as a dead letter
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StoredMessage(
    long sequence,
    String id,
    String body,
    JsonNode attributes,
    @Nullable String traceHeader,
    long sentAt,
    long visibleAt,
    int receives,
    long firstReceivedAt,
    String receipt,
    @Nullable String groupId,
    @Nullable String deduplicationId,
    @Nullable String sourceArn) {

  StoredMessage received(long now, long until) {
    return new StoredMessage(
        sequence,
        id,
        body,
        attributes,
        traceHeader,
        sentAt,
        until,
        receives + 1,
        receives == 0 ? now : firstReceivedAt,
        UUID.randomUUID().toString(),
        groupId,
        deduplicationId,
        sourceArn);
  }

  StoredMessage visibleAt(long time) {
    return new StoredMessage(
        sequence,
        id,
        body,
        attributes,
        traceHeader,
        sentAt,
        time,
        receives,
        firstReceivedAt,
        receipt,
        groupId,
        deduplicationId,
        sourceArn);
  }

  /** The same at the end of another queue, there received by nobody yet. */
  StoredMessage moved(long newSequence, long sent, long now, @Nullable String from) {
    return new StoredMessage(
        newSequence,
        id,
        body,
        attributes,
        traceHeader,
        sent,
        now,
        from == null ? 0 : receives,
        firstReceivedAt,
        "",
        groupId,
        deduplicationId,
        from);
  }

  /** Whether somebody has received it and may be at work on it, given that it is not visible. */
  boolean isReceived() {
    return !receipt.isEmpty();
  }

  String receiptHandle() {
    return Base64.getUrlEncoder()
        .encodeToString((sequence + " " + receipt).getBytes(StandardCharsets.UTF_8));
  }

  String json() {
    return new String(Json.bytes(this), StandardCharsets.UTF_8);
  }

  static StoredMessage parse(String json) {
    try {
      return Json.MAPPER.readValue(json, StoredMessage.class);
    } catch (IOException e) {
      throw new StackException("A message in the store cannot be read: " + json, e);
    }
  }
}
