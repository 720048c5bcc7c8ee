package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Faults on demand. Which requests are struck depends on the seed and on how many requests of the
 * kind came before, so that a run can be repeated as far as its requests come in the same order.
 */
final class Faults {

  private static final Duration LONGEST_DELAY = Duration.ofMillis(100);

  /** How late something out of order may come, on the stack's clock. */
  private static final Duration LATEST = Duration.ofSeconds(10);

  /** A rule, how often it was asked, and how often it struck. */
  private record Active(FaultRule rule, long seed, AtomicLong asked, AtomicLong struck) {

    /** If it strikes, a number from 0 to 1 for how. */
    OptionalDouble strike() {
      var random = new SplittableRandom(seed + asked.getAndIncrement());
      if (random.nextDouble() >= rule.rate()) {
        return OptionalDouble.empty();
      }
      struck.incrementAndGet();
      return OptionalDouble.of(random.nextDouble());
    }
  }

  /** What a service says when it is asked too much, and when it fails. */
  private record Words(String throttled, String failed) {}

  private static final Words USUAL = new Words("ThrottlingException", "InternalServerError");
  private static final Map<String, Words> WORDS =
      Map.of(
          "dynamodb", new Words("ProvisionedThroughputExceededException", "InternalServerError"),
          "events", new Words("ThrottlingException", "InternalException"),
          "secretsmanager", new Words("ThrottlingException", "InternalServiceError"),
          "sqs", new Words("RequestThrottled", "ServiceUnavailable"));

  private volatile List<Active> active = List.of();
  private volatile String plan = "";

  /** A service's part in a request. */
  interface Action<T> {
    T run();
  }

  /**
   * Makes a plan the one that holds, in place of any before it.
   *
   * @param text rules separated by commas, and {@code seed=N}; nothing at all ends all faults
   * @throws IllegalArgumentException when the stack cannot do what it says
   */
  void plan(String text) {
    var seed = 1L;
    var rules = new ArrayList<FaultRule>();
    for (var part : text.split(",")) {
      var item = part.strip();
      if (item.startsWith("seed=")) {
        seed = seed(item.substring("seed=".length()));
      } else if (!item.isEmpty()) {
        rules.add(FaultRule.parse(item));
      }
    }
    var next = new ArrayList<Active>();
    for (var rule : rules) {
      // Far apart, so that the numbers of one rule are not those of another.
      var start = new SplittableRandom(seed * 1_000_003 + rule.toString().hashCode()).nextLong();
      next.add(new Active(rule, start, new AtomicLong(), new AtomicLong()));
    }
    active = List.copyOf(next);
    plan = text;
  }

  private static long seed(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'seed=" + text + "' is no whole number", e);
    }
  }

  /** The plan, and what has come of it. */
  JsonNode describe() {
    var answer = Json.object().put("spec", plan);
    var counts = answer.putObject("struck");
    struck().forEach(counts::put);
    return answer;
  }

  /** How many requests each rule has struck. */
  SortedMap<String, Long> struck() {
    var struck = new TreeMap<String, Long>();
    active.forEach(a -> struck.merge(a.rule().toString(), a.struck().get(), Long::sum));
    return struck;
  }

  /**
   * Runs a request to a service, or lets it go wrong.
   *
   * @throws AwsException in the service's words
   */
  <T> T around(String service, Action<T> action) {
    before(service);
    var answer = action.run();
    after(service);
    return answer;
  }

  /**
   * Delays a request, or refuses it before anything is done.
   *
   * @throws AwsException in the service's words
   */
  void before(String service) {
    delay(service, "");
    if (strikes(service, "", FaultRule.Kind.THROTTLE)) {
      throw new AwsException(words(service).throttled(), "Rate exceeded, by the faults asked for.");
    }
    if (strikes(service, "", FaultRule.Kind.FAIL)) {
      throw failure(service);
    }
  }

  /**
   * Loses the answer of a request that is done.
   *
   * @throws AwsException in the service's words
   */
  void after(String service) {
    if (strikes(service, "", FaultRule.Kind.LOSE)) {
      throw failure(service);
    }
  }

  static AwsException failure(String service) {
    return new AwsException(
        words(service).failed(), 500, "The service failed, by the faults asked for.");
  }

  private static Words words(String service) {
    return WORDS.getOrDefault(service, USUAL);
  }

  /** Whether to do one kind of wrong to a request. */
  boolean strikes(String service, String function, FaultRule.Kind kind) {
    return strike(service, function, kind).isPresent();
  }

  private OptionalDouble strike(String service, String function, FaultRule.Kind kind) {
    for (var each : active) {
      if (each.rule().kind() == kind && each.rule().concerns(service, function)) {
        var hit = each.strike();
        if (hit.isPresent()) {
          return hit;
        }
      }
    }
    return OptionalDouble.empty();
  }

  /** Takes its time, if that is asked for. */
  void delay(String service, String function) {
    strike(service, function, FaultRule.Kind.DELAY)
        .ifPresent(part -> LockSupport.parkNanos((long) (part * LONGEST_DELAY.toNanos())));
  }

  /** How much later than others something out of order is to come; zero for what is in order. */
  Duration lateness(String service, String function) {
    var part = strike(service, function, FaultRule.Kind.REORDER);
    return part.isEmpty()
        ? Duration.ZERO
        : Duration.ofMillis(1 + (long) (part.getAsDouble() * LATEST.toMillis()));
  }
}
