package io.leadloom.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.clock.StackClock;
import io.leadloom.states.StatesOptions;
import io.leadloom.states.StatesService;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Leads on their way to a booking: the real state machine, with functions that answer at once and
 * people who answer within the hour. Waits take no time, so what is measured is the machine's work.
 */
final class Lifecycles implements AutoCloseable {

  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  private static final Duration PEOPLE_TAKE = Duration.ofHours(1);

  private final StackClock clock = StackClock.startingAt(START, StackClock.AS_FAST_AS_POSSIBLE);
  private final StatesService service;
  private final StatesClient client;
  private final String machine;

  private Lifecycles(Path file, String definition) {
    this.service = StatesService.open(file, clock, this::serve, StatesOptions.defaults());
    this.client = new StatesClient(service::call);
    service.start();
    // Functions are told apart by what the template puts in for them.
    this.machine = client.create("lifecycle", definition.replaceAll("\\$\\{(\\w+)}", "$1"));
  }

  static Lifecycles open(Path file, String definition) {
    return new Lifecycles(file, definition);
  }

  Measurement concurrent(int executions) {
    return client.concurrent(machine, "{\"tenantId\":\"t\",\"leadId\":\"l\"}", executions);
  }

  private JsonNode serve(String resource, JsonNode arguments) {
    var function = arguments.path("FunctionName").asText().replace("FunctionAlias", "");
    var token = arguments.path("Payload").path("taskToken").asText();
    var result = StatesClient.object();
    switch (function) {
      case "EnrichLead" -> result.put("outcome", "ENRICHED");
      case "ScoreLead" -> result.put("outcome", "QUALIFIED");
      case "ResearchLead" -> result.put("outcome", "RESEARCHED");
      case "DraftMessage" -> result.put("outcome", "DRAFTED").put("draftId", "d");
      case "RequestApproval" ->
          later(token, StatesClient.object().put("decision", "APPROVED").put("draftId", "d"));
      case "PlanTouch" ->
          result
              .put("outcome", "PLANNED")
              .put("touchId", "t")
              .put("sendAt", clock.instant().plus(PEOPLE_TAKE).toString());
      case "SendTouch" -> result.put("outcome", "SENT").put("waitSeconds", 259_200);
      case "AwaitReply" -> later(token, StatesClient.object().put("replyId", "r"));
      case "ClassifyReply" -> result.put("outcome", "MEETING_REQUEST").put("replyId", "r");
      case "BookMeeting" -> result.put("outcome", "BOOKED").put("bookingId", "b");
      case "SyncCrm" -> result.put("outcome", "SYNCED");
      default -> throw new IllegalStateException("Nobody plays the function " + function);
    }
    var answer = StatesClient.object().put("ExecutedVersion", "1").put("StatusCode", 200);
    answer.set("Payload", result);
    return answer;
  }

  private void later(String token, ObjectNode output) {
    var request = StatesClient.object().put("taskToken", token).put("output", output.toString());
    clock.schedule(
        clock.instant().plus(PEOPLE_TAKE), () -> service.call("SendTaskSuccess", request));
  }

  @Override
  public void close() {
    service.close();
    clock.close();
  }
}
