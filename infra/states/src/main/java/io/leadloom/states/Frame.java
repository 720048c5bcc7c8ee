package io.leadloom.states;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.leadloom.clock.StackClock;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far one branch of an execution has come. The root is a frame, and so is each branch of a
 * Parallel and each item of a Map. What is not transient is stored whenever it changes.
 */
@JsonAutoDetect(
    fieldVisibility = JsonAutoDetect.Visibility.ANY,
    getterVisibility = JsonAutoDetect.Visibility.NONE,
    isGetterVisibility = JsonAutoDetect.Visibility.NONE)
@JsonInclude(JsonInclude.Include.NON_NULL)
final class Frame {

  static final int NO_PARENT = -1;

  /** What a frame is waiting for. */
  enum Phase {
    /** Its state can be entered. */
    READY,
    /** A Wait to end. */
    WAITING,
    /** The time of the next attempt. */
    RETRYING,
    /** The work of a Task, or the reading or writing of a distributed Map. */
    WORKING,
    /** Its child frames. */
    CHILDREN,
    /** Nothing: it has an output. */
    DONE,
    /** A redrive: the execution ended before it did. */
    HALTED
  }

  int id;
  int parent = NO_PARENT;

  /** Which branch or item of the parent. */
  int index;

  /** The next free number for a frame; kept by the root. */
  int nextFrame = 1;

  String state = "";
  JsonNode input = NullNode.instance;
  Map<String, JsonNode> variables = new LinkedHashMap<>();
  Phase phase = Phase.READY;

  /** The event that the next one follows. */
  int lastEvent;

  /** The event before the present state was entered. */
  int previousEvent;

  int enteredEvent;
  long enteredAt;

  /** How often each retrier of the present state was used. */
  int[] attempts = {};

  int retryCount;

  /** When a wait or pause ends, in milliseconds since the epoch. */
  long until;

  /** Whether the frame is a child execution of a distributed Map, whose events go elsewhere. */
  boolean silent;

  @Nullable JsonNode output;

  /** The item that this frame works on. */
  @Nullable JsonNode item;

  /** The work that the present state waits for. */
  @Nullable Work work;

  /** What a Map works through. */
  @Nullable MapProgress map;

  transient @Nullable Branch branch;
  transient @Nullable Frame parentFrame;
  final transient TreeMap<Integer, Frame> children = new TreeMap<>();
  transient StackClock.@Nullable Timer timer;

  /** The latest fault of a state, for whoever looks at it at once. */
  transient @Nullable StateError failure;

  /** The work of a Task. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
  static final class Work {
    String token = "";

    /** The call that is to be made, as {@link TaskServices} names it; empty for activities. */
    String call = "";

    JsonNode arguments = NullNode.instance;

    /** Whether the call has been answered, so that only the token is waited for. */
    boolean submitted;

    /** When the task times out, in milliseconds since the epoch. */
    long deadline = Long.MAX_VALUE;

    long timeoutMillis;
    long heartbeatMillis;
    long heartbeatDeadline = Long.MAX_VALUE;

    /** The activity whose workers are to do it. */
    @Nullable String activity;

    boolean handedOut;

    /** The execution that it waits for. */
    @Nullable String childArn;

    /** An answer to the token that came before the call itself was answered. */
    @Nullable JsonNode earlyOutput;

    @Nullable EarlyFailure earlyFailure;
  }

  /** A failure that was sent before the call itself was answered. */
  record EarlyFailure(@Nullable String error, @Nullable String cause) {}

  /** The items of a Map and its limits. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
  static final class MapProgress {
    /** Stored apart, because the rest changes with every item that is done. */
    transient ArrayNode items = Json.array();

    long concurrency;
    String runArn = "";
    long itemLimit;
    @Nullable BigDecimal toleratedCount;
    @Nullable BigDecimal toleratedPercentage;
    int failures;

    /** What a result writer hands on once the results are written. */
    @Nullable JsonNode written;

    /** What it has to write before. */
    ArrayNode writes = Json.array();
  }

  State currentState() {
    return branch().state(state);
  }

  Branch branch() {
    if (branch == null) {
      throw new IllegalStateException("Frame " + id + " is not attached to a definition");
    }
    return branch;
  }

  Work work() {
    if (work == null) {
      throw new IllegalStateException("Frame " + id + " has no work");
    }
    return work;
  }

  MapProgress map() {
    if (map == null) {
      throw new IllegalStateException("Frame " + id + " is not in a Map");
    }
    return map;
  }

  void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  /** All variables that the frame sees. A child execution of a distributed Map sees its own. */
  Map<String, JsonNode> visibleVariables() {
    if (parentFrame == null || silent && !parentFrame.silent) {
      return variables;
    }
    var outer = parentFrame.visibleVariables();
    if (outer.isEmpty() || variables.isEmpty()) {
      return variables.isEmpty() ? outer : variables;
    }
    Map<String, JsonNode> all = new LinkedHashMap<>(outer);
    all.putAll(variables);
    return all;
  }
}
