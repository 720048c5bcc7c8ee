package io.leadloom.local;

import io.leadloom.clock.StackClock;
import io.leadloom.local.template.EventSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the stream of a table for a function, as Lambda does: in order, one batch at a time, and on
 * only when a batch is done or given up. While there may be something to do, the clock is held; the
 * windows of batches and the waits between attempts pass on it.
 */
final class StreamReader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamReader.class);

  private final EventSource.Stream source;
  private final EventFilters filters;
  private final StreamCursor cursor;
  private final StreamRetries retries;
  private final LambdaService lambda;
  private final Deliveries deliveries;
  private final StackClock clock;
  private final Readiness readiness;
  private final ExecutorService threads;

  /** Read, and waiting for the batch to fill. Only the reading thread sees it, and the next two. */
  private final List<StreamRecord> gathered = new ArrayList<>();

  /** What the function is to get, in order. */
  private final Deque<StreamSlice> slices = new ArrayDeque<>();

  StreamReader(
      EventSource.Stream source,
      StreamCursor cursor,
      LambdaService lambda,
      Deliveries deliveries,
      StackClock clock,
      Work work,
      ExecutorService threads) {
    this.source = source;
    this.filters = new EventFilters(source.filters());
    this.cursor = cursor;
    this.retries = new StreamRetries(source);
    this.lambda = lambda;
    this.deliveries = deliveries;
    this.clock = clock;
    this.readiness = new Readiness(clock, work);
    this.threads = threads;
  }

  void start() {
    if (source.fromEnd() && !cursor.hasCheckpoint()) {
      cursor.skipToEnd();
    }
    wake();
    threads.execute(this::read);
  }

  /** Says that the stream may have a record, or that something is due. */
  void wake() {
    readiness.wake();
  }

  private void read() {
    while (readiness.await()) {
      try {
        step();
      } catch (RuntimeException e) {
        if (!readiness.isClosed()) {
          LOG.error("Reading {} for {} failed", source.tableName(), source.functionArn(), e);
        }
      }
    }
  }

  private void step() {
    var slice = slices.peek();
    if (slice != null) {
      if (slice.due().isAfter(clock.instant())) {
        readiness.wakeAt(slice.due());
        return;
      }
      attempt(slice);
      wake();
      return;
    }
    var records = cursor.read(source.batchSize() - gathered.size());
    gather(records);
    if (!records.isEmpty()) {
      wake();
    }
  }

  private void gather(List<StreamRecord> records) {
    for (var record : records) {
      if (filters.pass(record.json())) {
        gathered.add(record);
      }
    }
    if (gathered.isEmpty()) {
      // What no filter wants is done, unless something before it is not.
      if (!records.isEmpty()) {
        cursor.done(records.getLast());
      }
      return;
    }
    var windowEnd = gathered.getFirst().arrival().plus(source.window());
    if (gathered.size() >= source.batchSize() || !windowEnd.isAfter(clock.instant())) {
      slices.add(StreamSlice.of(gathered, clock.instant()));
      gathered.clear();
      wake();
    } else {
      readiness.wakeAt(windowEnd);
    }
  }

  private void attempt(StreamSlice slice) {
    var now = clock.instant();
    if (retries.isTooOld(slice, now)) {
      giveUp(slice, "RecordAgeExceeded");
      return;
    }
    InvocationResult result;
    try {
      result = lambda.invoke(source.functionArn(), Json.bytes(StreamEvents.event(slice.records())));
    } catch (LambdaException e) {
      LOG.info("{} could not be called: {}", source.functionArn(), e.text());
      failed(slice.failed(e.type()), OptionalInt.empty());
      return;
    }
    if (result.failed()) {
      failed(slice.failed(result.functionError().orElse("Unhandled")), OptionalInt.empty());
      return;
    }
    var firstFailure =
        source.reportsFailures()
            ? StreamEvents.firstFailure(result.json(), slice.records())
            : OptionalInt.empty();
    if (firstFailure.isPresent()) {
      if (firstFailure.getAsInt() > 0) {
        cursor.done(slice.records().get(firstFailure.getAsInt() - 1));
      }
      failed(slice.failed("Unhandled"), firstFailure);
    } else {
      slices.poll();
      cursor.done(slice.last());
    }
  }

  private void failed(StreamSlice slice, OptionalInt firstFailure) {
    switch (retries.after(slice, firstFailure, clock.instant())) {
      case StreamRetries.Verdict.Retry(var again) -> {
        slices.poll();
        for (var i = again.size() - 1; i >= 0; i--) {
          slices.push(again.get(i));
        }
      }
      case StreamRetries.Verdict.GiveUp(var given, var condition) -> giveUp(given, condition);
    }
  }

  private void giveUp(StreamSlice slice, String condition) {
    LOG.warn(
        "{} records of {} are given up after {} attempts: {}",
        slice.records().size(),
        source.tableName(),
        slice.attempts(),
        condition);
    source
        .onFailureArn()
        .ifPresent(arn -> {
          var report =
              StreamEvents.failure(
                  slice, source.functionArn(), condition, cursor.streamArn(), clock.instant());
          deliveries.deliver(Delivery.to(arn, report.toString()));
        });
    slices.poll();
    cursor.done(slice.last());
  }

  @Override
  public void close() {
    readiness.close();
  }
}
