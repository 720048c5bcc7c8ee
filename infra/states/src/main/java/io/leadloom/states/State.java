package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A state of a machine, as its definition has it. */
sealed interface State {

  Base base();

  default String name() {
    return base().name();
  }

  /**
   * What all states have in common.
   *
   * @param next the state after this one, or null where the branch ends
   */
  record Base(
      String name,
      String type,
      @Nullable String next,
      Dataflow flow,
      List<Retrier> retriers,
      List<Catcher> catchers) {}

  /** Passes its input on, or a fixed result. */
  record Pass(Base base, @Nullable JsonNode result) implements State {}

  /** Has work done elsewhere. */
  record Task(
      Base base,
      TaskResource resource,
      @Nullable SecondsField timeout,
      @Nullable SecondsField heartbeat)
      implements State {}

  /** Goes one of several ways. */
  record Choice(Base base, List<ChoiceRule> rules, @Nullable String otherwise) implements State {}

  /** Lets time pass. */
  record Wait(Base base, WaitUntil until) implements State {}

  /** Ends its branch well. */
  record Succeed(Base base) implements State {}

  /** Ends its branch with an error. */
  record Fail(Base base, @Nullable TextField error, @Nullable TextField cause) implements State {}

  /** Does several things at once. */
  record Parallel(Base base, List<Branch> branches) implements State {}

  /** Does the same for each of many items. */
  record Map(
      Base base,
      Branch processor,
      boolean distributed,
      @Nullable String label,
      MapItems items,
      @Nullable Template itemSelector,
      @Nullable ItemBatcher batcher,
      @Nullable ResultWriter writer,
      NumberField maxConcurrency,
      NumberField toleratedCount,
      NumberField toleratedPercentage)
      implements State {}
}
