package io.leadloom.local;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is to go wrong, and how often.
 *
 * @param service for example {@code dynamodb}
 * @param function the one function that is meant; all if empty
 * @param rate how many of a hundred, as a fraction
 */
record FaultRule(String service, Optional<String> function, Kind kind, double rate) {

  /** Ways to go wrong. */
  enum Kind {
    /** The request is refused with the service's word for "too many". */
    THROTTLE,
    /** The request is refused with an error of the service. */
    FAIL,
    /** The request is done, but its answer is an error of the service. */
    LOSE,
    /** The request takes up to a tenth of a second longer, in real time. */
    DELAY,
    /** What is sent arrives twice. */
    DUPLICATE,
    /** What is sent arrives some seconds late on the stack's clock, after what was sent later. */
    REORDER;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Set<Kind> ANY = Set.of(Kind.THROTTLE, Kind.FAIL, Kind.LOSE, Kind.DELAY);
  private static final Set<Kind> SENDING =
      Set.of(Kind.THROTTLE, Kind.FAIL, Kind.LOSE, Kind.DELAY, Kind.DUPLICATE, Kind.REORDER);

  /** What each service can be made to do. */
  private static final Map<String, Set<Kind>> SERVICES =
      Map.of(
          "dynamodb", ANY,
          "events", SENDING,
          "lambda", SENDING,
          "secretsmanager", ANY,
          "sqs", SENDING,
          "ssm", ANY,
          "states", ANY);

  private static final Pattern RULE =
      Pattern.compile("([a-z]+)(?:\\.([A-Za-z0-9_-]+))?:([a-z]+)=([0-9.]+)");

  /**
   * Reads {@code service:kind=rate} or {@code lambda.Function:kind=rate}.
   *
   * @throws IllegalArgumentException when the stack cannot do what it says
   */
  static FaultRule parse(String text) {
    var match = RULE.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no fault: write service:kind=rate, as dynamodb:throttle=0.1");
    }
    var kinds = SERVICES.get(match.group(1));
    if (kinds == null) {
      throw new IllegalArgumentException(
          "'" + match.group(1) + "' is none of " + SERVICES.keySet().stream().sorted().toList());
    }
    var kind =
        kinds.stream()
            .filter(k -> k.word().equals(match.group(3)))
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    match.group(1)
                        + " cannot "
                        + match.group(3)
                        + "; it can "
                        + kinds.stream().map(Kind::word).sorted().toList()));
    var function = Optional.ofNullable(match.group(2));
    if (function.isPresent() && !match.group(1).equals("lambda")) {
      throw new IllegalArgumentException(
          "'" + text + "': only lambda has functions, as lambda.SendTouchFunction:fail=0.1");
    }
    var rate = rate(match.group(4));
    return new FaultRule(match.group(1), function, kind, rate);
  }

  private static double rate(String text) {
    try {
      var rate = Double.parseDouble(text);
      if (rate <= 1) {
        return rate;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is no rate between 0 and 1", e);
    }
    throw new IllegalArgumentException("'" + text + "' is no rate between 0 and 1");
  }

  /** Whether a request is one of those that are meant. */
  boolean concerns(String of, String name) {
    return service.equals(of) && function.filter(f -> !f.equals(name)).isEmpty();
  }

  @Override
  public String toString() {
    return service + function.map(f -> "." + f).orElse("") + ":" + kind.word() + "=" + rate;
  }
}
