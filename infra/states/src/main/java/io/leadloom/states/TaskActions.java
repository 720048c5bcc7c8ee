package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The API's actions on tokens and activities. They run on the engine's thread. */
final class TaskActions {

  private static final int LONGEST_TOKEN = 2_048;

  private final Engine engine;

  TaskActions(Engine engine) {
    this.engine = engine;
  }

  JsonNode sendSuccess(JsonNode request) {
    var task = find(request);
    var output =
        Requests.checkJson(
            "output", "InvalidOutput", "Invalid Output", Requests.required(request, "output"));
    engine.interpreter().tasks().sendSuccess(task.execution(), task.frame(), output);
    return Json.object();
  }

  JsonNode sendFailure(JsonNode request) {
    var error = Requests.optional(request, "error", ExecutionActions.LONGEST_ERROR);
    var cause = Requests.optional(request, "cause", ExecutionActions.LONGEST_CAUSE);
    var task = find(request);
    engine.interpreter().tasks().sendFailure(task.execution(), task.frame(), error, cause);
    return Json.object();
  }

  JsonNode sendHeartbeat(JsonNode request) {
    var task = find(request);
    engine.interpreter().tasks().sendHeartbeat(task.execution(), task.frame());
    return Json.object();
  }

  private TaskToken find(JsonNode request) {
    var task =
        TaskToken.find(engine.executions(), Requests.required(request, "taskToken", LONGEST_TOKEN));
    if (task == null) {
      throw new StatesException(
          "TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
    }
    engine.touch(task.execution());
    return task;
  }

  JsonNode createActivity(JsonNode request) {
    var name = Requests.checkedName(Requests.required(request, "name", Requests.LONGEST_NAME));
    var options = engine.options();
    var arn =
        "arn:aws:states:%s:%s:activity:%s".formatted(options.region(), options.accountId(), name);
    var activity = engine.activities().find(arn);
    if (activity == null) {
      activity = new Activities.Activity(arn, name, engine.nowMillis());
      engine.activities().create(activity);
    }
    var answer = Json.object();
    answer.put("activityArn", arn);
    answer.set("creationDate", Json.seconds(activity.createdMillis()));
    return answer;
  }

  JsonNode deleteActivity(JsonNode request) {
    engine.activities().delete(Requests.arn(request, "activityArn", "activity"));
    return Json.object();
  }

  JsonNode describeActivity(JsonNode request) {
    return describe(findActivity(request));
  }

  JsonNode listActivities(JsonNode request) {
    List<Activities.Activity> all = new ArrayList<>();
    engine.activities().all().forEach(all::add);
    return Requests.page(request, "activities", all, TaskActions::describe);
  }

  private static JsonNode describe(Activities.Activity activity) {
    var answer = Json.object();
    answer.put("activityArn", activity.arn());
    answer.put("name", activity.name());
    answer.set("creationDate", Json.seconds(activity.createdMillis()));
    return answer;
  }

  /** Asks for a task of an activity. */
  CompletableFuture<JsonNode> ask(JsonNode request) {
    var activity = findActivity(request);
    return engine.activities().ask(activity.arn(), Requests.optional(request, "workerName"));
  }

  /** Ends such a wait. */
  JsonNode withdraw(CompletableFuture<JsonNode> task) {
    engine.activities().withdraw(task);
    return Json.object();
  }

  private Activities.Activity findActivity(JsonNode request) {
    var arn = Requests.arn(request, "activityArn", "activity");
    var activity = engine.activities().find(arn);
    if (activity == null) {
      throw new StatesException("ActivityDoesNotExist", "Activity Does Not Exist: '" + arn + "'");
    }
    return activity;
  }
}
