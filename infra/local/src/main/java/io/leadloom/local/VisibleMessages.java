package io.leadloom.local;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The messages of a queue that can be received. Not safe for several threads at once. */
final class VisibleMessages {

  private static final String NO_GROUP = "";

  private final TreeMap<Long, StoredMessage> all = new TreeMap<>();
  private final Map<String, TreeMap<Long, StoredMessage>> groups = new HashMap<>();

  void add(StoredMessage message) {
    all.put(message.sequence(), message);
    groups
        .computeIfAbsent(group(message), group -> new TreeMap<>())
        .put(message.sequence(), message);
  }

  void remove(long sequence) {
    var message = all.remove(sequence);
    if (message != null) {
      groups.computeIfPresent(
          group(message),
          (group, messages) -> {
            messages.remove(sequence);
            return messages.isEmpty() ? null : messages;
          });
    }
  }

  @Nullable StoredMessage find(long sequence) {
    return all.get(sequence);
  }

  int size() {
    return all.size();
  }

  void clear() {
    all.clear();
    groups.clear();
  }

  /** All of them in the order of sending. */
  Collection<StoredMessage> inOrder() {
    return Collections.unmodifiableCollection(all.values());
  }

  /**
   * All of them, each time the next one of the group that has the fewest messages in flight, those
   * before it included; among equals in the order of sending. A message without a group is one of
   * its own.
   */
  Iterable<StoredMessage> fairly(ToIntFunction<String> inFlight) {
    return () -> new Fairly(inFlight);
  }

  private static String group(StoredMessage message) {
    return message.groupId() == null ? NO_GROUP : message.groupId();
  }

  private final class Fairly implements Iterator<StoredMessage> {

    private final PriorityQueue<Turn> turns =
        new PriorityQueue<>(
            Comparator.<Turn>comparingInt(turn -> turn.inFlight())
                .thenComparingLong(turn -> turn.message().sequence()));

    Fairly(ToIntFunction<String> inFlight) {
      groups.forEach((group, messages) ->
          queue(
              messages.values().iterator(),
              group.equals(NO_GROUP) ? 0 : inFlight.applyAsInt(group)));
    }

    private void queue(Iterator<StoredMessage> messages, int inFlight) {
      if (messages.hasNext()) {
        turns.add(new Turn(messages.next(), messages, inFlight));
      }
    }

    @Override
    public boolean hasNext() {
      return !turns.isEmpty();
    }

    @Override
    public StoredMessage next() {
      var turn = turns.remove();
      var message = turn.message();
      queue(turn.later(), message.groupId() == null ? 0 : turn.inFlight() + 1);
      return message;
    }
  }

  /** The next message of a group, and those that come after it. */
  private record Turn(StoredMessage message, Iterator<StoredMessage> later, int inFlight) {}
}
