package io.leadloom.states;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The activities: who may ask for work, what work there is, and who waits for it. */
final class Activities {

  /** An activity as it is stored. */
  @JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
  record Activity(String arn, String name, long createdMillis) {}

  private record Offer(Execution execution, Frame frame, Frame.Work work) {}

  private record Worker(@Nullable String name, CompletableFuture<JsonNode> task) {}

  private final Map<String, Activity> activities = new TreeMap<>();
  private final Map<String, Deque<Offer>> offers = new HashMap<>();
  private final Map<String, Deque<Worker>> workers = new HashMap<>();
  private final Store store;
  private final TaskTaker taker;

  /** What happens when a worker takes a task. */
  interface TaskTaker {
    void taken(Execution execution, Frame frame, Frame.Work work, @Nullable String worker);

    /** Completes a future once the change is stored. */
    void afterCommit(Runnable action);
  }

  Activities(Store store, TaskTaker taker) {
    this.store = store;
    this.taker = taker;
    store
        .activities()
        .forEach((arn, bytes) -> activities.put(arn, Json.read(bytes, Activity.class)));
  }

  boolean exists(String arn) {
    return activities.containsKey(arn);
  }

  @Nullable Activity find(String arn) {
    return activities.get(arn);
  }

  Iterable<Activity> all() {
    return activities.values();
  }

  void create(Activity activity) {
    activities.put(activity.arn(), activity);
    store.activities().put(activity.arn(), Json.bytes(activity));
  }

  void delete(String arn) {
    activities.remove(arn);
    store.activities().remove(arn);
  }

  /** Has a task of an activity done by the next worker who asks. */
  void offer(Execution execution, Frame frame, Frame.Work work) {
    if (work.activity != null) {
      offers
          .computeIfAbsent(work.activity, a -> new ArrayDeque<>())
          .add(new Offer(execution, frame, work));
      match(work.activity);
    }
  }

  /** Asks for a task; the future is completed when there is one. */
  CompletableFuture<JsonNode> ask(String arn, @Nullable String worker) {
    var task = new CompletableFuture<JsonNode>();
    workers.computeIfAbsent(arn, a -> new ArrayDeque<>()).add(new Worker(worker, task));
    match(arn);
    return task;
  }

  /** Ends a wait without a task, unless one was just handed out. */
  void withdraw(CompletableFuture<JsonNode> task) {
    workers.values().forEach(waiting -> waiting.removeIf(worker -> worker.task == task));
    taker.afterCommit(() -> task.complete(Json.object()));
  }

  private void match(String arn) {
    var open = offers.getOrDefault(arn, new ArrayDeque<>());
    var idle = workers.getOrDefault(arn, new ArrayDeque<>());
    open.removeIf(offer -> offer.frame.work != offer.work);
    while (!open.isEmpty() && !idle.isEmpty()) {
      var offer = open.remove();
      var worker = idle.remove();
      taker.taken(offer.execution, offer.frame, offer.work, worker.name);
      var task = Json.object();
      task.put("taskToken", offer.work.token);
      task.put("input", Json.write(offer.work.arguments));
      taker.afterCommit(() -> worker.task.complete(task));
    }
  }
}
