package io.leadloom.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExecutionListenerTest {

  @TempDir Path folder;

  /** Notes what it is told, and may be too busy to take it. */
  private static final class Listener implements ExecutionListener {

    final List<String> told = new CopyOnWriteArrayList<>();
    final List<String> wanted;
    final boolean busy;

    Listener(boolean busy, String... wanted) {
      this.busy = busy;
      this.wanted = List.of(wanted);
    }

    @Override
    public boolean wants(JsonNode execution) {
      return wanted.contains(execution.path("status").asText());
    }

    @Override
    public void changed(JsonNode execution) {
      told.add(execution.path("name").asText() + " " + execution.path("status").asText());
      if (busy) {
        throw new IllegalStateException("too busy");
      }
    }

    void await(String... expected) {
      var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (told.size() < expected.length && System.nanoTime() < deadline) {
        LockSupport.parkNanos(200_000);
      }
      assertThat(told).containsExactlyInAnyOrder(expected);
    }
  }

  private EngineFixture engine(Listener listener) {
    return new EngineFixture(folder.resolve("states.db"), listener);
  }

  private static void startNamed(EngineFixture engine, String machine, String name) {
    engine.call("StartExecution", Json.object().put("stateMachineArn", machine).put("name", name));
  }

  private static final String FAILING =
      "{'StartAt':'F','States':{'F':{'Type':'Fail','Error':'Broken'}}}";

  @Test
  void itIsToldOfStartsEndsAndRedrives() {
    var listener = new Listener(false, "RUNNING", "FAILED");
    try (var engine = engine(listener)) {
      var machine = engine.create(FAILING);
      startNamed(engine, machine, "one");
      listener.await("one RUNNING", "one FAILED");
      var arn = machine.replace(":stateMachine:", ":execution:") + ":one";
      engine.call("RedriveExecution", Json.object().put("executionArn", arn));
      listener.await("one RUNNING", "one FAILED", "one RUNNING", "one FAILED");
    }
  }

  @Test
  void itIsNotToldOfWhatItDoesNotWant() {
    var listener = new Listener(false, "FAILED");
    try (var engine = engine(listener)) {
      engine.output("{'StartAt':'P','States':{'P':{'Type':'Pass','End':true}}}", "{}");
      startNamed(engine, engine.create(FAILING), "one");
      listener.await("one FAILED");
    }
  }

  @Test
  void whatItCouldNotTakeIsToldAgainAtTheNextStartAndOnlyThen() {
    var busy = new Listener(true, "FAILED");
    try (var engine = engine(busy)) {
      startNamed(engine, engine.create(FAILING), "one");
      busy.await("one FAILED");
    }
    var listener = new Listener(false, "FAILED");
    try (var engine = engine(listener)) {
      listener.await("one FAILED");
      await(engine);
    }
    var third = new Listener(false, "FAILED");
    try (var engine = engine(third)) {
      await(engine);
      assertThat(third.told).isEmpty();
    }
  }

  private static void await(EngineFixture engine) {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!engine.service.idle() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(200_000);
    }
  }

  @Test
  void itIsNotToldOfExpressExecutions() {
    var listener = new Listener(false, "RUNNING", "FAILED");
    try (var engine = engine(listener)) {
      var machine = engine.create(FAILING, "EXPRESS");
      engine.call("StartSyncExecution", Json.object().put("stateMachineArn", machine));
      assertThat(listener.told).isEmpty();
    }
  }
}
