package io.leadloom.simulators;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What tests ask and tell the simulators, none of which is in the journal: {@code POST /_faults}
 * with a {@link Fault} or an array of them, {@code DELETE /_faults}, {@code GET /_journal}, {@code
 * GET /_messages?recipient=}, {@code GET /_credits?provider=&tenant=}.
 */
final class Control {

  /** A misspelt fault would not strike, and the test would not notice. */
  private static final ObjectMapper STRICT =
      Json.MAPPER.copy().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final World world;
  private final Journal journal;
  private final Faults faults;

  Control(World world, Journal journal, Faults faults) {
    this.world = world;
    this.journal = journal;
    this.faults = faults;
  }

  Answer handle(Call call) {
    return switch (call.method() + " " + call.path()) {
      case "POST /_faults" -> addFaults(call);
      case "DELETE /_faults" -> {
        faults.clear();
        yield new Answer(204, Map.of(), new byte[0], Note.NOTHING);
      }
      case "GET /_journal" -> Answer.json(200, journal.lines());
      case "GET /_messages" -> Answer.json(200, messages(call));
      case "GET /_credits" -> Answer.json(200, credits(call));
      default ->
          Answer.json(
              404,
              Json.object()
                  .put("error", "no simulator answers " + call.method() + " " + call.path()));
    };
  }

  private Answer addFaults(Call call) {
    var script = new ArrayList<Fault>();
    try {
      var body = Json.parse(call.body()).orElseGet(Json::object);
      for (var entry : body.isArray() ? body : List.of(body)) {
        if (!entry.path("provider").isTextual()) {
          return badFault("it names no provider: " + entry);
        }
        script.add(STRICT.treeToValue(entry, Fault.class));
      }
    } catch (JsonProcessingException e) {
      return badFault(e.getOriginalMessage());
    }
    script.forEach(faults::add);
    return Answer.json(200, Json.object().put("added", script.size()));
  }

  private static Answer badFault(String why) {
    return Answer.json(400, Json.object().put("error", "not a fault: " + why));
  }

  private List<Message> messages(Call call) {
    var recipient = call.query().get("recipient");
    return world.messages().stream()
        .filter(message -> recipient == null || message.touches().containsKey(recipient))
        .toList();
  }

  private JsonNode credits(Call call) {
    var provider = call.query().getOrDefault("provider", "");
    var tenant = call.query().getOrDefault("tenant", "");
    return Json.object().put("credits", world.credits(provider, tenant));
  }
}
