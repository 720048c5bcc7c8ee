package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The work of Task states: calls, callbacks, activities and nested executions. */
final class Tasks {

  private final Interpreter interpreter;
  private final Host host;

  Tasks(Interpreter interpreter, Host host) {
    this.interpreter = interpreter;
    this.host = host;
  }

  /** Schedules the work of a state. */
  void begin(Execution execution, Frame frame, State.Task state) {
    var work = new Frame.Work();
    work.token = token(execution, frame);
    frame.work = work;
    frame.phase = Frame.Phase.WORKING;
    var scope = interpreter.scope(execution, frame);
    work.arguments = state.base().flow().arguments(scope);
    // The limits are evaluated against the input after the InputPath, like the arguments.
    var limits = scope.withData(state.base().flow().input(scope));
    var timeout = state.timeout() == null ? null : state.timeout().evaluate(limits);
    var heartbeat = state.heartbeat() == null ? null : state.heartbeat().evaluate(limits);
    var now = host.nowMillis();
    if (timeout != null) {
      work.timeoutMillis = timeout * 1000;
      work.deadline = now + work.timeoutMillis;
    }
    var waits = !(state.resource() instanceof TaskResource.Function);
    if (heartbeat != null && waits) {
      work.heartbeatMillis = heartbeat * 1000;
      work.heartbeatDeadline = now + work.heartbeatMillis;
    }
    execution.changed.add(frame);
    switch (state.resource()) {
      case TaskResource.Function function ->
          invoke(execution, frame, function, limits(timeout, heartbeat));
      case TaskResource.Activity activity ->
          hand(execution, frame, activity, scope, limits(timeout, heartbeat));
      case TaskResource.Service service ->
          call(execution, frame, service, limits(timeout, heartbeat));
    }
    if (frame.work == work) {
      startTimer(execution, frame, work);
    }
  }

  private static ObjectNode limits(@Nullable Long timeout, @Nullable Long heartbeat) {
    var details = Json.object();
    if (timeout != null) {
      details.put("timeoutInSeconds", timeout);
    }
    if (heartbeat != null) {
      details.put("heartbeatInSeconds", heartbeat);
    }
    return details;
  }

  /** A name for one attempt that tells where it belongs. */
  private static String token(Execution execution, Frame frame) {
    var text =
        "%d.%d.%d.%d.%s"
            .formatted(
                execution.record.sequence,
                frame.id,
                frame.lastEvent,
                frame.retryCount,
                Hashes.hex(execution.record.arn, "SHA-256").substring(0, 16));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private void invoke(
      Execution execution, Frame frame, TaskResource.Function function, ObjectNode details) {
    var work = frame.work();
    work.call = "lambda:function";
    details.setAll(History.data("input", Json.write(work.arguments)));
    details.put("resource", function.arn());
    var history = interpreter.history(execution);
    history.add(frame, "LambdaFunctionScheduled", details);
    history.add(frame, "LambdaFunctionStarted", null);
    var arguments = Json.object();
    arguments.put("FunctionName", function.arn());
    arguments.set("Payload", work.arguments);
    work.arguments = arguments;
    send(execution, frame, work);
  }

  private void hand(
      Execution execution,
      Frame frame,
      TaskResource.Activity activity,
      Scope scope,
      ObjectNode details) {
    var work = frame.work();
    if (!host.activities().exists(activity.arn())) {
      throw scope.runtimeError("The activity " + activity.arn() + " does not exist.");
    }
    details.setAll(History.data("input", Json.write(work.arguments)));
    details.put("resource", activity.arn());
    interpreter.history(execution).add(frame, "ActivityScheduled", details);
    work.activity = activity.arn();
    work.submitted = true;
    // Its worker has to be there before silence counts.
    work.heartbeatDeadline = Long.MAX_VALUE;
    host.activities().offer(execution, frame, work);
  }

  private void call(
      Execution execution, Frame frame, TaskResource.Service service, ObjectNode details) {
    var work = frame.work();
    work.call = service.name();
    details.put("resource", service.fullApi());
    details.put("resourceType", service.service());
    details.put("region", region(execution));
    details.put("parameters", Json.write(work.arguments));
    var history = interpreter.history(execution);
    history.add(frame, "TaskScheduled", details);
    history.add(frame, "TaskStarted", about(service));
    if (service.startsExecution()) {
      startExecution(execution, frame, service, work);
    } else {
      send(execution, frame, work);
    }
  }

  private static String region(Execution execution) {
    return execution.record.arn.split(":", 5)[3];
  }

  private static ObjectNode about(TaskResource.Service service) {
    return Json.object().put("resource", service.fullApi()).put("resourceType", service.service());
  }

  private void send(Execution execution, Frame frame, Frame.Work work) {
    host.call(
        execution, work.call, work.arguments, answer -> answered(execution, frame, work, answer));
  }

  private void startExecution(
      Execution execution, Frame frame, TaskResource.Service service, Frame.Work work) {
    try {
      var token = service.waitsForEnd() ? work.token : "";
      var child = host.startChild(work.arguments, token, service.suffix().equals("sync:2"));
      if (service.waitsForEnd()) {
        work.childArn = child.arn;
      }
      var answer = Json.object();
      answer.put("ExecutionArn", child.arn);
      answer.put("StartDate", child.startMillis);
      answered(execution, frame, work, new Answer.Success(answer));
    } catch (StatesException e) {
      var error = "StepFunctions." + e.type() + (e.type().endsWith("Exception") ? "" : "Exception");
      answered(execution, frame, work, new Answer.Failure(error, e.getMessage()));
    }
  }

  /**
   * Takes up the work that a restart broke off. A call that has to be made again has its whole time
   * again: what passed while nobody was there to make it is not the callee's fault.
   */
  void resume(Execution execution, Frame frame) {
    var work = frame.work();
    var again = work.activity == null && !work.submitted;
    if (again) {
      var now = host.nowMillis();
      work.deadline = anew(work.deadline, now, work.timeoutMillis);
      work.heartbeatDeadline = anew(work.heartbeatDeadline, now, work.heartbeatMillis);
    }
    startTimer(execution, frame, work);
    if (again) {
      send(execution, frame, work);
    } else if (work.activity != null && !work.handedOut) {
      host.activities().offer(execution, frame, work);
    }
  }

  private static long anew(long deadline, long now, long millis) {
    return deadline == Long.MAX_VALUE ? deadline : now + millis;
  }

  private void startTimer(Execution execution, Frame frame, Frame.Work work) {
    frame.cancelTimer();
    var due = Math.min(work.deadline, work.heartbeatDeadline);
    if (due < Long.MAX_VALUE) {
      frame.timer =
          host.at(execution, Instant.ofEpochMilli(due), () -> timeOut(execution, frame, work));
    }
  }

  private void timeOut(Execution execution, Frame frame, Frame.Work work) {
    if (frame.work != work || !execution.record.running()) {
      return;
    }
    var now = host.nowMillis();
    if (now < work.deadline && now < work.heartbeatDeadline) {
      startTimer(execution, frame, work);
      return;
    }
    var error = StateError.ofTimeout(now < work.deadline);
    frame.work = null;
    if (work.childArn != null) {
      host.stopChild(work.childArn);
    }
    record(execution, frame, "TimedOut", History.failure(error.error(), null));
    interpreter.fail(execution, frame, error);
  }

  /** Adds the event that fits the kind of work. */
  private void record(Execution execution, Frame frame, String what, ObjectNode details) {
    if (!(frame.currentState() instanceof State.Task task)) {
      return;
    }
    var type =
        switch (task.resource()) {
          case TaskResource.Function f -> "LambdaFunction" + what;
          case TaskResource.Activity a -> "Activity" + what;
          case TaskResource.Service service -> {
            details.setAll(about(service));
            yield "Task" + what;
          }
        };
    interpreter.history(execution).add(frame, type, details);
  }

  private void answered(Execution execution, Frame frame, Frame.Work work, Answer answer) {
    if (frame.work != work || !(frame.currentState() instanceof State.Task task)) {
      return;
    }
    execution.changed.add(frame);
    var service = task.resource() instanceof TaskResource.Service s ? s : null;
    var goesOn = service != null && (service.waitsForToken() || service.waitsForEnd());
    switch (answer) {
      case Answer.Failure(var error, var cause) ->
          failed(execution, frame, goesOn ? "SubmitFailed" : "Failed", error, cause);
      case Answer.Success(var output) -> {
        if (!goesOn) {
          succeeded(execution, frame, output);
          return;
        }
        work.submitted = true;
        record(execution, frame, "Submitted", History.data("output", Json.write(output)));
        if (work.earlyOutput != null) {
          succeeded(execution, frame, work.earlyOutput);
        } else if (work.earlyFailure != null) {
          var early = work.earlyFailure;
          failed(execution, frame, "Failed", early.error(), early.cause());
        }
      }
    }
  }

  private void succeeded(Execution execution, Frame frame, JsonNode output) {
    var text = Json.write(output);
    if (Interpreter.tooLarge(text) && frame.currentState() instanceof State.Task task) {
      var name =
          switch (task.resource()) {
            case TaskResource.Service service -> service.service();
            case TaskResource.Function function -> function.arn();
            case TaskResource.Activity activity -> activity.arn();
          };
      failed(
          execution,
          frame,
          "Failed",
          StateError.DATA_LIMIT,
          "The state/task '%s' returned a result with a size exceeding the maximum number of bytes service limit."
              .formatted(name));
      return;
    }
    record(execution, frame, "Succeeded", History.data("output", text));
    interpreter.complete(execution, frame, output);
  }

  private void failed(
      Execution execution,
      Frame frame,
      String what,
      @Nullable String error,
      @Nullable String cause) {
    record(execution, frame, what, History.failure(error, cause));
    interpreter.fail(execution, frame, StateError.ofTask(error, cause));
  }

  /** Records that a worker took an activity's task. */
  void handedOut(Execution execution, Frame frame, Frame.Work work, @Nullable String worker) {
    work.handedOut = true;
    if (work.heartbeatMillis > 0) {
      work.heartbeatDeadline = host.nowMillis() + work.heartbeatMillis;
    }
    var details = Json.object();
    if (worker != null) {
      details.put("workerName", worker);
    }
    execution.changed.add(frame);
    interpreter.history(execution).add(frame, "ActivityStarted", details);
    startTimer(execution, frame, work);
  }

  /** A task's token was sent with its output. */
  void sendSuccess(Execution execution, Frame frame, JsonNode output) {
    var work = frame.work();
    execution.changed.add(frame);
    if (work.submitted) {
      succeeded(execution, frame, output);
    } else if (work.earlyFailure == null && work.earlyOutput == null) {
      work.earlyOutput = output;
    }
  }

  /** A task's token was sent with a failure. */
  void sendFailure(
      Execution execution, Frame frame, @Nullable String error, @Nullable String cause) {
    var work = frame.work();
    execution.changed.add(frame);
    if (work.submitted) {
      failed(execution, frame, "Failed", error, cause);
    } else if (work.earlyFailure == null && work.earlyOutput == null) {
      work.earlyFailure = new Frame.EarlyFailure(error, cause);
    }
  }

  /** A task's token was sent as a sign of life. */
  void sendHeartbeat(Execution execution, Frame frame) {
    var work = frame.work();
    if (work.heartbeatMillis > 0) {
      work.heartbeatDeadline = host.nowMillis() + work.heartbeatMillis;
      execution.changed.add(frame);
      startTimer(execution, frame, work);
    }
  }

  /** Whether the present work of a frame can be answered by token by now. */
  static boolean takesToken(Frame frame) {
    return offersToken(frame) && (frame.work().activity == null || frame.work().handedOut);
  }

  /** Whether the present state of a frame is one whose work can be answered by token. */
  static boolean offersToken(Frame frame) {
    return frame.currentState() instanceof State.Task task
        && switch (task.resource()) {
          case TaskResource.Activity a -> true;
          case TaskResource.Service service -> service.waitsForToken() || service.waitsForEnd();
          case TaskResource.Function f -> false;
        };
  }
}
