package io.leadloom.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.clock.StackClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A running execution in memory, with what has changed since it was last stored. */
final class Execution {

  final ExecutionRecord record;
  final Definition definition;
  final Map<Integer, Frame> frames = new HashMap<>();

  /** The input as it was given. */
  final String inputText;

  final JsonNode input;

  /** The number of the next event. */
  int nextEvent = 1;

  @Nullable String outputText;
  StackClock.@Nullable Timer timer;

  // Changes that are not stored yet.
  final List<ObjectNode> newEvents = new ArrayList<>();
  final Set<Frame> changed = new LinkedHashSet<>();
  final Set<Integer> removed = new LinkedHashSet<>();
  final Set<Frame> newItems = new LinkedHashSet<>();
  final Set<Integer> removedItems = new LinkedHashSet<>();

  /** Runs of Maps that are over, however they ended. */
  final Set<String> droppedRuns = new LinkedHashSet<>();

  boolean recordChanged;

  Execution(ExecutionRecord record, Definition definition, String inputText) {
    this.record = record;
    this.definition = definition;
    this.inputText = inputText;
    this.input = parse(inputText);
  }

  private static JsonNode parse(String text) {
    try {
      return Json.parse(text);
    } catch (JsonProcessingException e) {
      return NullNode.instance;
    }
  }

  Frame root() {
    var root = frames.get(0);
    if (root == null) {
      throw new IllegalStateException("The execution " + record.arn + " has no root");
    }
    return root;
  }

  /** Adds a frame below another, or the root. */
  Frame add(@Nullable Frame parent, int index, Branch branch, JsonNode input) {
    var frame = new Frame();
    frame.id = parent == null ? 0 : root().nextFrame++;
    frame.index = index;
    frame.input = input;
    frame.state = branch.startAt();
    if (parent != null) {
      frame.parent = parent.id;
      frame.silent = parent.silent;
      changed.add(root());
    }
    attach(frame, parent, branch);
    changed.add(frame);
    return frame;
  }

  /** Puts a frame in its place. */
  void attach(Frame frame, @Nullable Frame parent, Branch branch) {
    frame.branch = branch;
    frame.parentFrame = parent;
    frames.put(frame.id, frame);
    if (parent != null) {
      parent.children.put(frame.index, frame);
    }
  }

  /** Forgets a Map that is over. */
  void dropMap(Frame frame) {
    if (frame.map != null) {
      if (!frame.map.runArn.isEmpty()) {
        droppedRuns.add(frame.map.runArn);
      }
      frame.map = null;
      newItems.remove(frame);
      removedItems.add(frame.id);
    }
  }

  /** Removes everything below a frame. */
  void removeChildren(Frame frame) {
    for (var child : frame.children.values()) {
      remove(child);
    }
    frame.children.clear();
  }

  private void remove(Frame frame) {
    removeChildren(frame);
    frame.cancelTimer();
    frame.work = null;
    frame.phase = Frame.Phase.DONE;
    frames.remove(frame.id);
    changed.remove(frame);
    dropMap(frame);
    removed.add(frame.id);
  }
}
