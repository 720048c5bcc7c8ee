package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/**
 * How EventBridge lists archives and replays: by one filter at most, and in pages.
 *
 * @param what the plural, as in the name of the action
 * @param nameMember what holds the name of a thing listed
 */
record EventListing(String what, String nameMember) {

  private static final int PAGE = 100;

  /**
   * @param all in the order of their names
   */
  JsonNode page(JsonNode request, List<ObjectNode> all) {
    var filters = Stream.of("NamePrefix", "EventSourceArn", "State").filter(request::hasNonNull);
    if (filters.count() > 1) {
      throw new AwsException(
          "ValidationException",
          "At most one filter is allowed for List"
              + what
              + ". Use either : State, EventSourceArn, or NamePrefix.");
    }
    var after = request.path("NextToken").asText("");
    var limit = request.path("Limit").asInt(PAGE);
    var answer = Json.object();
    var list = answer.putArray(what);
    for (var each : all) {
      var name = each.path(nameMember).asText();
      if (name.compareTo(after) <= 0 || !passes(request, each)) {
        continue;
      }
      if (list.size() == limit) {
        answer.put("NextToken", list.get(limit - 1).path(nameMember).asText());
        break;
      }
      list.add(each);
    }
    return answer;
  }

  private boolean passes(JsonNode request, JsonNode each) {
    return each.path(nameMember).asText().startsWith(request.path("NamePrefix").asText(""))
        && agrees("EventSourceArn", request, each)
        && agrees("State", request, each);
  }

  private static boolean agrees(String member, JsonNode request, JsonNode each) {
    return !request.hasNonNull(member) || request.get(member).equals(each.get(member));
  }
}
