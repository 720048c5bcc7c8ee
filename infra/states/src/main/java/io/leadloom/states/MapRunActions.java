package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The API's actions on runs of distributed Maps. They run on the engine's thread. */
final class MapRunActions {

  private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

  private final Engine engine;
  private final MapRuns runs;

  MapRunActions(Engine engine) {
    this.engine = engine;
    this.runs = engine.mapRuns();
  }

  JsonNode describe(JsonNode request) {
    var run = find(request);
    var children = runs.children(run.arn);
    var answer = item(run);
    answer.remove("stateMachineArn");
    answer.put("status", run.status.name());
    answer.put("maxConcurrency", run.maxConcurrency);
    answer.put("toleratedFailureCount", orZero(run.toleratedCount).longValue());
    answer.put("toleratedFailurePercentage", orZero(run.toleratedPercentage).doubleValue());
    answer.set("itemCounts", counts(run, children, run.items, child -> child.items));
    answer.set("executionCounts", counts(run, children, run.children, child -> 1));
    answer.put("redriveCount", run.redriveCount);
    if (run.redriveCount > 0) {
      answer.set("redriveDate", Json.seconds(run.redriveMillis));
    }
    return answer;
  }

  private static BigDecimal orZero(@Nullable BigDecimal value) {
    return value == null ? BigDecimal.ZERO : value;
  }

  private static ObjectNode counts(
      MapRun run, List<MapChild> children, int total, ToIntFunction<MapChild> weight) {
    var byStatus = new EnumMap<ExecutionRecord.Status, Integer>(ExecutionRecord.Status.class);
    var begun = 0;
    for (var child : children) {
      byStatus.merge(child.status, weight.applyAsInt(child), Integer::sum);
      begun += weight.applyAsInt(child);
    }
    // What a run that is over never came to was not left pending, but given up.
    var pending = Math.max(0, total - begun);
    var waiting = run.status == MapRun.Status.RUNNING;
    var succeeded = byStatus.getOrDefault(ExecutionRecord.Status.SUCCEEDED, 0);
    return Json.object()
        .put("pending", waiting ? pending : 0)
        .put("running", byStatus.getOrDefault(ExecutionRecord.Status.RUNNING, 0))
        .put("succeeded", succeeded)
        .put("failed", byStatus.getOrDefault(ExecutionRecord.Status.FAILED, 0))
        .put("timedOut", byStatus.getOrDefault(ExecutionRecord.Status.TIMED_OUT, 0))
        .put(
            "aborted",
            byStatus.getOrDefault(ExecutionRecord.Status.ABORTED, 0) + (waiting ? 0 : pending))
        .put("total", total)
        .put("resultsWritten", run.resultsWritten ? succeeded : 0);
  }

  JsonNode list(JsonNode request) {
    var record = ExecutionActions.find(engine, request);
    return Requests.page(request, "mapRuns", runs.ofExecution(record.arn), MapRunActions::item);
  }

  private static ObjectNode item(MapRun run) {
    var item = Json.object();
    item.put("mapRunArn", run.arn);
    item.put("executionArn", run.executionArn);
    item.put("stateMachineArn", run.machineArn);
    item.set("startDate", Json.seconds(run.startMillis));
    if (run.stopMillis > 0) {
      item.set("stopDate", Json.seconds(run.stopMillis));
    }
    return item;
  }

  /** Changes the limits of a run that is under way; they hold from now on. */
  JsonNode update(JsonNode request) {
    var run = find(request);
    var concurrency = number(request, "maxConcurrency", null);
    var count = number(request, "toleratedFailureCount", null);
    var percentage = number(request, "toleratedFailurePercentage", WHOLE);
    var execution = engine.executions().running(run.sequence);
    var frame = execution == null ? null : execution.frames.get(run.frame);
    if (execution == null
        || frame == null
        || frame.map == null
        || !frame.map.runArn.equals(run.arn)) {
      throw new StatesException(
          "ValidationException", "The Map Run " + run.arn + " is over and cannot be updated");
    }
    if (concurrency != null) {
      run.maxConcurrency = concurrency.longValue();
      frame.map.concurrency = Maps.distributedConcurrency(concurrency);
    }
    if (count != null) {
      run.toleratedCount = count;
      frame.map.toleratedCount = count;
    }
    if (percentage != null) {
      run.toleratedPercentage = percentage;
      frame.map.toleratedPercentage = percentage;
    }
    runs.put(run);
    execution.changed.add(frame);
    engine.touch(execution);
    engine.interpreter().adjusted(execution, frame);
    return Json.object();
  }

  private static @Nullable BigDecimal number(
      JsonNode request, String field, @Nullable BigDecimal most) {
    var value = request.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isNumber()) {
      throw new StatesException(
          "SerializationException",
          "%s_VALUE can not be converted to a Number".formatted(value.getNodeType()));
    }
    var number = value.decimalValue();
    if (number.signum() < 0) {
      throw Requests.invalid(
          "Value '%s' at '%s'".formatted(value.asText(), field),
          "Member must have value greater than or equal to 0");
    }
    if (most != null && number.compareTo(most) > 0) {
      throw Requests.invalid(
          "Value '%s' at '%s'".formatted(value.asText(), field),
          "Member must have value less than or equal to " + most);
    }
    return number;
  }

  /** The child executions of a run, for ListExecutions. */
  JsonNode children(JsonNode request, @Nullable String status) {
    var matching =
        runs.children(find(request).arn).stream()
            .filter(child -> status == null || child.status.name().equals(status))
            .toList();
    return Requests.page(request, "executions", matching, MapRunActions::item);
  }

  private static ObjectNode item(MapChild child) {
    var item = Json.object();
    item.put("executionArn", child.arn);
    item.put("stateMachineArn", child.machineArn);
    item.put("mapRunArn", child.runArn);
    item.put("name", child.name);
    item.put("status", child.status.name());
    item.set("startDate", Json.seconds(child.startMillis));
    if (!child.running()) {
      item.set("stopDate", Json.seconds(child.stopMillis));
    }
    item.put("itemCount", child.items);
    item.put("redriveCount", 0);
    return item;
  }

  /** What DescribeExecution tells of a child execution; null if there is none of this ARN. */
  @Nullable JsonNode describeChild(String arn) {
    var child = runs.findChild(arn);
    if (child == null) {
      return null;
    }
    var answer = item(child);
    answer.remove("itemCount");
    answer.put("input", child.input);
    answer.putObject("inputDetails").put("included", true);
    if (child.output != null) {
      answer.put("output", child.output);
      answer.putObject("outputDetails").put("included", true);
    }
    if (child.error != null) {
      answer.put("error", child.error);
    }
    if (child.cause != null && !child.cause.isEmpty()) {
      answer.put("cause", child.cause);
    }
    var redrivable = !child.running() && child.status != ExecutionRecord.Status.SUCCEEDED;
    return answer.put("redriveStatus", redrivable ? "REDRIVABLE_BY_MAP_RUN" : "NOT_REDRIVABLE");
  }

  private MapRun find(JsonNode request) {
    var arn = Requests.arn(request, "mapRunArn", "mapRun");
    var run = runs.find(arn);
    if (run == null) {
      throw new StatesException("ResourceNotFound", "Resource not found: '" + arn + "'");
    }
    return run;
  }
}
