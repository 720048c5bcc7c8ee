package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Is told of Standard executions that start, are redriven or end, as EventBridge is by Step
 * Functions. Executions are described as DescribeExecution would describe them at that moment.
 */
public interface ExecutionListener {

  /**
   * Whether it wants to be told. Asked on the engine's thread, so the answer must come at once and
   * without a call of the service.
   */
  boolean wants(JsonNode execution);

  /**
   * Tells it, on a thread of its own, after the change was stored. Nothing is lost in a crash: what
   * this method did not return from normally is told again when the service starts anew.
   */
  void changed(JsonNode execution);

  /** Wants to know nothing. */
  static ExecutionListener none() {
    return new ExecutionListener() {
      @Override
      public boolean wants(JsonNode execution) {
        return false;
      }

      @Override
      public void changed(JsonNode execution) {}
    };
  }
}
