package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the listener of executions that start and end. What is to be told is stored together with
 * the change itself, and kept until it has been told.
 */
final class Announcer {

  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

  private final Engine engine;
  private final Store store;
  private final ExecutionListener listener;

  Announcer(Engine engine, Store store, ExecutionListener listener) {
    this.engine = engine;
    this.store = store;
    this.listener = listener;
  }

  /** An execution has come to another status. */
  void changed(Execution execution) {
    if (execution.record.express) {
      return;
    }
    var description =
        ExecutionActions.describe(execution.record, execution.inputText, execution.outputText);
    if (listener.wants(description)) {
      var number = store.putAnnouncement(description);
      engine.afterCommit(() -> tell(number, description));
    }
  }

  /** Tells what an earlier process did not come to tell. */
  void resume() {
    store.announcements().forEach(this::tell);
  }

  private void tell(long number, JsonNode description) {
    engine.aside(
        true,
        () -> told(description),
        told -> {
          if (told) {
            store.removeAnnouncement(number);
          }
        });
  }

  private boolean told(JsonNode description) {
    try {
      listener.changed(description);
      return true;
    } catch (RuntimeException e) {
      LOG.error(
          "Of {} nobody could be told; it is tried again at the next start",
          description.path("executionArn").asText(),
          e);
      return false;
    }
  }
}
