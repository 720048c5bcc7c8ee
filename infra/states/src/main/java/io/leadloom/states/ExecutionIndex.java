package io.leadloom.states;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All executions by name and by machine, and those that run. */
final class ExecutionIndex {

  private static final int EXPRESS_KEPT = 1_000;

  private final Map<String, ExecutionRecord> byArn = new HashMap<>();
  private final Map<String, List<ExecutionRecord>> byMachine = new HashMap<>();
  private final Map<Long, Execution> running = new LinkedHashMap<>();

  /** Express executions are not stored; the last ones can be looked at for a while. */
  private final Map<String, Execution> express =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Execution> eldest) {
          return size() > EXPRESS_KEPT;
        }
      };

  private long lastSequence;

  long nextSequence() {
    return ++lastSequence;
  }

  void add(ExecutionRecord record) {
    lastSequence = Math.max(lastSequence, record.sequence);
    byArn.put(record.arn, record);
    byMachine.computeIfAbsent(record.machineArn, m -> new ArrayList<>()).add(record);
  }

  void addRunning(Execution execution) {
    running.put(execution.record.sequence, execution);
    if (execution.record.express) {
      express.put(execution.record.arn, execution);
    }
  }

  void removeRunning(Execution execution) {
    running.remove(execution.record.sequence);
  }

  @Nullable ExecutionRecord find(String arn) {
    var execution = express.get(arn);
    return execution == null ? byArn.get(arn) : execution.record;
  }

  @Nullable Execution findExpress(String arn) {
    return express.get(arn);
  }

  @Nullable Execution running(long sequence) {
    return running.get(sequence);
  }

  /** The executions that should run, but are not in memory. */
  List<ExecutionRecord> unfinished() {
    return byArn.values().stream()
        .filter(record -> record.running() && !running.containsKey(record.sequence))
        .sorted(Comparator.comparingLong(record -> record.sequence))
        .toList();
  }

  /** The executions of a machine, newest first. */
  List<ExecutionRecord> ofMachine(String arn) {
    return byMachine.getOrDefault(arn, List.of()).reversed();
  }
}
