package io.leadloom.local;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Records that a function is to get in one batch.
 *
 * @param attempts how often it got them
 * @param due when it may get them next
 * @param lastError what came of the last attempt
 */
record StreamSlice(
    String id, List<StreamRecord> records, int attempts, Instant due, Optional<String> lastError) {

  static StreamSlice of(List<StreamRecord> records, Instant due) {
    return new StreamSlice(
        UUID.randomUUID().toString(), List.copyOf(records), 0, due, Optional.empty());
  }

  StreamSlice failed(String error) {
    return new StreamSlice(id, records, attempts + 1, due, Optional.of(error));
  }

  StreamSlice retryAt(Instant next) {
    return new StreamSlice(id, records, attempts, next, lastError);
  }

  /** What is left from a record on, with the attempts that it has had. */
  StreamSlice from(int index) {
    return new StreamSlice(id, records.subList(index, records.size()), attempts, due, lastError);
  }

  /** The two halves, each with all its attempts before it. */
  List<StreamSlice> halves() {
    var middle = records.size() / 2;
    return List.of(
        of(records.subList(0, middle), due), of(records.subList(middle, records.size()), due));
  }

  StreamRecord last() {
    return records.getLast();
  }
}
