package io.leadloom.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.clock.StackClock;
import io.leadloom.local.template.EventRule;
import io.leadloom.local.template.Names;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs the schedules of a template by the stack's clock. The last run is kept: a stack that was
 * down makes up for one missed run, not for all, and repeats none.
 */
final class Scheduler implements AutoCloseable {

  private final StackStore store;
  private final Map<String, String> lastRuns;
  private final StackClock clock;
  private final Deliveries deliveries;
  private final Map<String, StackClock.Timer> timers = new ConcurrentHashMap<>();
  private boolean closed;

  Scheduler(StackStore store, StackClock clock, Deliveries deliveries) {
    this.store = store;
    this.lastRuns = store.map("schedules");
    this.clock = clock;
    this.deliveries = deliveries;
  }

  void start(List<EventRule> rules) {
    for (var rule : rules) {
      if (rule.enabled() && rule.schedule().isPresent()) {
        plan(rule, rule.schedule().get());
      }
    }
  }

  private void plan(EventRule rule, EventRule.Schedule schedule) {
    ScheduleExpression expression;
    try {
      expression = ScheduleExpression.parse(schedule.expression(), schedule.timeZone());
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new StackException("The schedule " + rule.name() + " is refused: " + e.getMessage(), e);
    }
    var now = clock.instant();
    var known = lastRuns.get(rule.name());
    // A last run in the future is that of a clock which has been set back.
    if (known == null || Instant.parse(known).isAfter(now)) {
      lastRuns.put(rule.name(), now.toString());
      store.commit();
      planAfter(rule, expression, now);
      return;
    }
    var last = Instant.parse(known);
    var missed = expression.next(last).filter(next -> next.isBefore(now));
    if (missed.isPresent()) {
      run(rule, expression, now);
    } else {
      planAfter(rule, expression, last);
    }
  }

  private void planAfter(EventRule rule, ScheduleExpression expression, Instant last) {
    expression
        .next(last)
        .ifPresent(next ->
            timers.put(rule.name(), clock.schedule(next, () -> run(rule, expression, next))));
  }

  private synchronized void run(EventRule rule, ScheduleExpression expression, Instant planned) {
    if (closed) {
      return;
    }
    var event = event(rule, planned);
    var due = new ArrayList<Delivery>();
    for (var target : rule.targets()) {
      var delivery = TargetInput.delivery(target, rule, event, planned);
      deliveries.enqueue(delivery);
      due.add(delivery);
    }
    lastRuns.put(rule.name(), planned.toString());
    // One commit for both, so that a crash neither loses the run nor makes it twice.
    store.commit();
    due.forEach(deliveries::run);
    planAfter(rule, expression, planned);
  }

  private static ObjectNode event(EventRule rule, Instant time) {
    var scheduler = rule.schedule().map(EventRule.Schedule::scheduler).orElse(false);
    var event =
        Json.object()
            .put("version", "0")
            .put("id", UUID.randomUUID().toString())
            .put("detail-type", "Scheduled Event")
            .put("source", scheduler ? "aws.scheduler" : "aws.events")
            .put("account", Names.LOCAL.accountId())
            .put("time", time.truncatedTo(ChronoUnit.SECONDS).toString())
            .put("region", Names.LOCAL.region());
    event
        .putArray("resources")
        .add(
            scheduler
                ? Names.LOCAL.arn("scheduler", "schedule/default/" + rule.name())
                : rule.arn());
    if (scheduler) {
      event.put("detail", "{}");
    } else {
      event.putObject("detail");
    }
    return event;
  }

  @Override
  public synchronized void close() {
    closed = true;
    timers.values().forEach(StackClock.Timer::cancel);
  }
}
