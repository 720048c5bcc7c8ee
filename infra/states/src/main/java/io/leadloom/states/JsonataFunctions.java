package io.leadloom.states;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The functions that Step Functions adds to JSONata ({@code $partition}, {@code $range}, {@code
 * $hash}, {@code $random} with a seed, {@code $uuid}, {@code $parse}), those that must follow the
 * stack's clock, and {@code $eval}, which Step Functions does not have.
 */
final class JsonataFunctions {

  private JsonataFunctions() {}

  static void bind(Jsonata.Frame frame, Scope scope) {
    frame.bind("partition", function(args -> partition(list(args, 0), integer(args, 1))));
    frame.bind("range", function(JsonataFunctions::range));
    frame.bind("hash", function(args -> Hashes.hex(text(args, 0), text(args, 1))));
    frame.bind("random", function(args -> random(scope, args)));
    frame.bind("uuid", function(args -> scope.chance().uuid().toString()));
    frame.bind("parse", function(args -> parse(text(args, 0))));
    frame.bind("millis", function(args -> scope.now().toEpochMilli()));
    frame.bind("now", function(args -> now(scope, args)));
    frame.bind("eval", function(args -> unknownFunction()));
  }

  private interface Body {
    @Nullable Object call(List<?> arguments);
  }

  private static Jsonata.JFunction function(Body body) {
    return new Jsonata.JFunction((input, arguments) -> body.call(arguments), null);
  }

  private static Object unknownFunction() {
    throw new JException("T1006", 0);
  }

  private static List<Object> partition(List<?> items, int size) {
    if (size < 1) {
      throw new IllegalArgumentException(
          "The size of a partition must be positive, but is " + size);
    }
    List<Object> parts = new ArrayList<>();
    for (int from = 0; from < items.size(); from += size) {
      parts.add(new ArrayList<>(items.subList(from, Math.min(items.size(), from + size))));
    }
    return parts;
  }

  private static List<Object> range(List<?> args) {
    List<Object> numbers = new ArrayList<>();
    Ranges.of(integer(args, 0), integer(args, 1), integer(args, 2)).forEach(numbers::add);
    return numbers;
  }

  private static Object random(Scope scope, List<?> args) {
    return args.isEmpty() || args.getFirst() == null
        ? scope.chance().number()
        : new SplittableRandom(Double.doubleToLongBits(number(args, 0).doubleValue())).nextDouble();
  }

  private static @Nullable Object parse(String text) {
    try {
      return JsonataValues.fromJson(Json.parse(text));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("$parse got no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static Object now(Scope scope, List<?> args) {
    var picture = !args.isEmpty() && args.get(0) instanceof String s ? s : null;
    var zone = args.size() > 1 && args.get(1) instanceof String s ? s : null;
    return Functions.dateTimeFromMillis(scope.now().toEpochMilli(), picture, zone);
  }

  private static String text(List<?> args, int index) {
    if (index < args.size() && args.get(index) instanceof String text) {
      return text;
    }
    throw wrongArgument(index, "a string");
  }

  private static Number number(List<?> args, int index) {
    if (index < args.size() && args.get(index) instanceof Number number) {
      return number;
    }
    throw wrongArgument(index, "a number");
  }

  private static int integer(List<?> args, int index) {
    return (int) Math.round(number(args, index).doubleValue());
  }

  private static List<?> list(List<?> args, int index) {
    if (index < args.size() && args.get(index) instanceof List<?> list) {
      return list;
    }
    throw wrongArgument(index, "an array");
  }

  private static JException wrongArgument(int index, String wanted) {
    return new JException(
        new IllegalArgumentException("Argument " + (index + 1) + " must be " + wanted),
        "T0410",
        0,
        index + 1,
        wanted);
  }
}
