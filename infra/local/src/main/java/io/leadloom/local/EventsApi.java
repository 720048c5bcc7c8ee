package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;

/** EventBridge as a whole: buses and rules, archives, replays. */
final class EventsApi implements JsonApi {

  private final JsonApi buses;
  private final JsonApi archives;
  private final JsonApi replays;

  EventsApi(JsonApi buses, JsonApi archives, JsonApi replays) {
    this.buses = buses;
    this.archives = archives;
    this.replays = replays;
  }

  @Override
  public JsonNode call(String action, JsonNode request) {
    if (action.endsWith("Archive") || action.endsWith("Archives")) {
      return archives.call(action, request);
    }
    if (action.endsWith("Replay") || action.endsWith("Replays")) {
      return replays.call(action, request);
    }
    return buses.call(action, request);
  }
}
