package io.leadloom.local.template;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A rule or schedule: what sets it off, and what it calls then.
 *
 * @param name unique within the bus
 * @param bus the name of the event bus
 * @param pattern the event pattern, as JSON
 * @param schedule when it runs by itself
 */
public record EventRule(
    String name,
    String arn,
    String bus,
    boolean enabled,
    Optional<String> pattern,
    Optional<Schedule> schedule,
    List<Target> targets) {

  /**
   * @param expression {@code rate(...)} or {@code cron(...)}
   * @param timeZone an IANA name
   * @param scheduler whether EventBridge Scheduler runs it, not an EventBridge rule; their events
   *     differ
   */
  public record Schedule(String expression, String timeZone, boolean scheduler) {}

  /**
   * @param arn of a function, queue, state machine or bus
   * @param input what the target gets, as JSON text, instead of the event
   * @param inputPath the part of the event that the target gets
   * @param transformer how the target's input is written from the event
   * @param retries how long handing over is tried
   * @param deadLetterArn the queue for events that could not be handed over
   * @param messageGroupId for a FIFO queue
   */
  public record Target(
      String arn,
      Optional<String> input,
      Optional<String> inputPath,
      Optional<Transformer> transformer,
      Retries retries,
      Optional<String> deadLetterArn,
      Optional<String> messageGroupId) {}

  /**
   * How often, and for how long, a target that is not there or not able is tried again.
   *
   * @param most how often after the first time
   */
  public record Retries(int most, Duration longest) {}

  /**
   * @param paths the JSON path behind each name
   * @param template the text with {@code <name>} placeholders
   */
  public record Transformer(Map<String, String> paths, String template) {}
}
