package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** How far a history agrees with the recorded one, in the levels of the recordings' guide. */
final class HistoryLikeness {

  private final List<JsonNode> recorded = new ArrayList<>();
  private final List<JsonNode> answered = new ArrayList<>();
  private final boolean anyOrder;
  private String endDifference = "";

  /**
   * @param anyOrder whether events may come in another order, because branches ran side by side
   */
  HistoryLikeness(JsonNode recorded, JsonNode answered, boolean anyOrder) {
    recorded.path("events").forEach(this.recorded::add);
    answered.path("events").forEach(this.answered::add);
    var normalised = this.recorded.stream().anyMatch(e -> !e.path("id").isNumber());
    this.anyOrder = anyOrder || normalised;
    for (var end : List.of("ParallelStateFailed", "ParallelStateSucceeded")) {
      // The recordings' normalisation of Parallel states lost these events.
      if (normalised && this.recorded.stream().noneMatch(e -> isType(e, end))) {
        this.answered.removeIf(e -> isType(e, end));
      }
    }
  }

  private static boolean isType(JsonNode event, String type) {
    return event.path("type").asText().equals(type);
  }

  /** The level, with what keeps it from a higher one. */
  Verdict judge() {
    if (recorded.isEmpty() || answered.isEmpty()) {
      return new Verdict(recorded.isEmpty() ? 4 : 0, "no events");
    }
    if (!sameEnd()) {
      return new Verdict(
          0,
          "ends in %s, recorded %s; %s"
              .formatted(brief(answered.getLast()), brief(recorded.getLast()), endDifference));
    }
    if (!sameSequence()) {
      return new Verdict(1, "events are " + names(answered) + ", recorded " + names(recorded));
    }
    var details = new Likeness(false);
    if (!allAlike(details, false)) {
      return new Verdict(2, details.difference());
    }
    var texts = new Likeness(true);
    if (!allAlike(texts, true)) {
      return new Verdict(3, texts.difference());
    }
    return new Verdict(4, "");
  }

  record Verdict(int level, String reason) {}

  private boolean sameEnd() {
    var end = recorded.getLast();
    var own = answered.getLast();
    if (!isType(end, "ExecutionFailed")) {
      var likeness = new Likeness(false);
      var alike = likeness.alike(details(end, false), details(own, false));
      endDifference = likeness.difference();
      return alike;
    }
    return isType(own, "ExecutionFailed")
        && end.path("executionFailedEventDetails")
            .path("error")
            .equals(own.path("executionFailedEventDetails").path("error"));
  }

  private boolean sameSequence() {
    var names = names(recorded);
    var own = names(answered);
    if (anyOrder) {
      return names.stream().sorted().toList().equals(own.stream().sorted().toList());
    }
    return names.equals(own);
  }

  private static List<String> names(List<JsonNode> events) {
    List<String> names = new ArrayList<>();
    for (var event : events) {
      var name = "";
      for (var field : event) {
        name = field.path("name").isTextual() ? ":" + field.path("name").asText() : name;
      }
      names.add(event.path("type").asText() + (name.contains("<") ? "" : name));
    }
    return names;
  }

  private boolean allAlike(Likeness likeness, boolean ids) {
    var rest = new ArrayList<>(answered);
    for (var event : recorded) {
      var found = -1;
      for (int i = 0; i < rest.size() && found < 0 && (i == 0 || anyOrder); i++) {
        var withIds = ids && event.path("id").isNumber() && !anyOrder;
        if (isType(event, rest.get(i).path("type").asText())
            && likeness.alike(details(event, withIds), details(rest.get(i), withIds))) {
          found = i;
        }
      }
      if (found < 0) {
        return false;
      }
      rest.remove(found);
    }
    return true;
  }

  private static JsonNode details(JsonNode event, boolean ids) {
    var copy = event.<ObjectNode>deepCopy();
    if (!ids) {
      copy.remove(List.of("id", "previousEventId"));
    }
    // An event without details has an empty object in some recordings and none in others.
    var empty = new ArrayList<String>();
    copy.properties()
        .forEach(f -> {
          if (f.getKey().endsWith("EventDetails") && f.getValue().isEmpty()) {
            empty.add(f.getKey());
          }
        });
    copy.remove(empty);
    return copy;
  }

  private static String brief(JsonNode event) {
    var text = event.toString();
    return text.length() > 400 ? text.substring(0, 400) + "..." : text;
  }
}
