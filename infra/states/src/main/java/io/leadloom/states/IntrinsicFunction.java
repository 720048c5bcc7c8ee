package io.leadloom.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** The intrinsic functions of the States Language, as its specification describes them. */
enum IntrinsicFunction {
  FORMAT("Format", 1, Integer.MAX_VALUE) {
    @Override
    JsonNode apply(Scope scope, List<JsonNode> args) {
      return TextNode.valueOf(format(text(args, 0), args.subList(1, args.size())));
    }
  },
  STRING_TO_JSON("StringToJson", 1, 1) {
    @Override
    JsonNode apply(Scope scope, List<JsonNode> args) {
      try {
        return Json.parse(text(args, 0));
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
      }
    }
  },
  JSON_TO_STRING("JsonToString", 1, 1) {
    @Override
    JsonNode apply(Scope scope, List<JsonNode> args) {
      return TextNode.valueOf(Json.write(args.getFirst()));
    }
  },
  ARRAY("Array", 0, Integer.MAX_VALUE) {
    @Override
    JsonNode apply(Scope scope, List<JsonNode> args) {
      return Json.array().addAll(args);
    }
  },
  ARRAY_PARTITION("ArrayPartition", 2, 2) {
    @Override
    JsonNode apply(Scope scope, List<JsonNode> args) {
      var items = array(args, 0);
      var size = integer(args, 1);
      if (size < 1) {
        throw new IllegalArgumentException("the size of a chunk must be positive, but is " + size);
      }
      var parts = Json.array();
      for (int i = 0; i < items.size(); i++) {
        if (i % size == 0) {
          parts.addArray();
        }
        ((ArrayNode) parts.get(parts.size() - 1)).add(items.get(i));
      }
      return parts;
    }
  },
  ARRAY_CONTAINS("ArrayContains", 2, 2) {
    @Override
    JsonNode apply(Scope scope, List<JsonNode> args) {
      for (var item : array(args, 0)) {
        if (JsonEquality.same(item, args.get(1))) {
          return BooleanNode.TRUE;
        }
      }
      return BooleanNode.FALSE;
    }
  },
  ARRAY_RANGE("ArrayRange", 3, 3) {
    @Override
    JsonNode apply(Scope scope, List<JsonNode> args) {
      var numbers = Json.array();
      Ranges.of(integer(args, 0), integer(args, 1), integer(args, 2)).forEach(numbers::add);
      return numbers;
    }
  },
  ARRAY_GET_ITEM("ArrayGetItem", 2, 2) {
    @Override
    JsonNode apply(Scope scope, List<JsonNode> args) {
      var items = array(args, 0);
      var index = integer(args, 1);
      if (index < 0 || index >= items.size()) {
        throw new IllegalArgumentException(
            "index " + index + " is outside of an array of " + items.size());
      }
      return items.get((int) index);
    }
  },
  ARRAY_LENGTH("ArrayLength", 1, 1) {
    @Override
    JsonNode apply(Scope scope, List<JsonNode> args) {
      return IntNode.valueOf(array(args, 0).size());
    }
  },
  ARRAY_UNIQUE("ArrayUnique", 1, 1) {
    @Override
    JsonNode apply(Scope scope, List<JsonNode> args) {
      var unique = new LinkedHashSet<JsonNode>();
      array(args, 0).forEach(unique::add);
      return Json.array().addAll(unique);
    }
  },
  BASE64_ENCODE("Base64Encode", 1, 1) {
    @Override
    JsonNode apply(Scope scope, List<JsonNode> args) {
      var bytes = text(args, 0).getBytes(StandardCharsets.UTF_8);
      return TextNode.valueOf(Base64.getEncoder().encodeToString(bytes));
    }
  },
  BASE64_DECODE("Base64Decode", 1, 1) {
    @Override
    JsonNode apply(Scope scope, List<JsonNode> args) {
      var bytes = Base64.getDecoder().decode(text(args, 0));
      return TextNode.valueOf(new String(bytes, StandardCharsets.UTF_8));
    }
  },
  HASH("Hash", 2, 2) {
    @Override
    JsonNode apply(Scope scope, List<JsonNode> args) {
      var data = args.getFirst();
      var text = data.isTextual() ? data.textValue() : Json.write(data);
      return TextNode.valueOf(Hashes.hex(text, text(args, 1)));
    }
  },
  JSON_MERGE("JsonMerge", 3, 3) {
    @Override
    JsonNode apply(Scope scope, List<JsonNode> args) {
      if (!(args.get(0) instanceof ObjectNode first)
          || !(args.get(1) instanceof ObjectNode second)) {
        throw new IllegalArgumentException("both values must be objects");
      }
      if (!args.get(2).isBoolean() || args.get(2).booleanValue()) {
        throw new IllegalArgumentException("only shallow merging is supported: pass false");
      }
      var merged = Json.object();
      merged.setAll(first);
      merged.setAll(second);
      return merged;
    }
  },
  MATH_RANDOM("MathRandom", 2, 3) {
    @Override
    JsonNode apply(Scope scope, List<JsonNode> args) {
      var from = integer(args, 0);
      var to = integer(args, 1);
      if (from >= to) {
        throw new IllegalArgumentException("the start must be less than the end");
      }
      var share =
          args.size() == 3 ? new Random(integer(args, 2)).nextDouble() : scope.chance().number();
      return LongNode.valueOf(from + (long) (share * (to - from)));
    }
  },
  MATH_ADD("MathAdd", 2, 2) {
    @Override
    JsonNode apply(Scope scope, List<JsonNode> args) {
      return LongNode.valueOf(Math.addExact(integer(args, 0), integer(args, 1)));
    }
  },
  STRING_SPLIT("StringSplit", 2, 2) {
    @Override
    JsonNode apply(Scope scope, List<JsonNode> args) {
      var parts = Json.array();
      var splitter = text(args, 1);
      if (splitter.isEmpty()) {
        return parts.add(text(args, 0));
      }
      var characters = new StringBuilder("[");
      splitter.chars().forEach(c -> characters.append(Pattern.quote("" + (char) c)));
      for (var part : text(args, 0).split(characters + "]+")) {
        if (!part.isEmpty()) {
          parts.add(part);
        }
      }
      return parts;
    }
  },
  UUID("UUID", 0, 0) {
    @Override
    JsonNode apply(Scope scope, List<JsonNode> args) {
      return TextNode.valueOf(scope.chance().uuid().toString());
    }
  };

  private final String name;
  private final int fewest;
  private final int most;

  IntrinsicFunction(String name, int fewest, int most) {
    this.name = "States." + name;
    this.fewest = fewest;
    this.most = most;
  }

  /**
   * The function of a name.
   *
   * @throws IllegalArgumentException when there is none
   */
  static IntrinsicFunction named(String name) {
    for (var function : values()) {
      if (function.name.equals(name)) {
        return function;
      }
    }
    throw new IllegalArgumentException("There is no intrinsic function " + name);
  }

  void checkCount(int count) {
    if (count < fewest || count > most) {
      throw new IllegalArgumentException(name + " does not take " + count + " arguments");
    }
  }

  /** Calls the function; what it cannot do fails the state. */
  JsonNode call(Scope scope, List<JsonNode> args) {
    try {
      return apply(scope, args);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw StateError.of(
          "States.IntrinsicFailure",
          scope
              .runtimeError(
                  "The intrinsic function '%s' failed: %s".formatted(name, e.getMessage()))
              .cause());
    }
  }

  abstract JsonNode apply(Scope scope, List<JsonNode> args);

  private static String format(String template, List<JsonNode> args) {
    var text = new StringBuilder();
    int next = 0;
    for (int i = 0; i < template.length(); i++) {
      var c = template.charAt(i);
      if (c == '\\' && i + 1 < template.length()) {
        text.append(template.charAt(++i));
      } else if (c == '{' && i + 1 < template.length() && template.charAt(i + 1) == '}') {
        if (next == args.size()) {
          throw new IllegalArgumentException("there are more place holders than values");
        }
        var arg = args.get(next++);
        text.append(arg.isTextual() ? arg.textValue() : Json.write(arg));
        i++;
      } else {
        text.append(c);
      }
    }
    if (next != args.size()) {
      throw new IllegalArgumentException("there are more values than place holders");
    }
    return text.toString();
  }

  private static String text(List<JsonNode> args, int index) {
    if (!args.get(index).isTextual()) {
      throw new IllegalArgumentException(
          "argument " + (index + 1) + " must be a string, but is " + Json.write(args.get(index)));
    }
    return args.get(index).textValue();
  }

  private static JsonNode array(List<JsonNode> args, int index) {
    if (!args.get(index).isArray()) {
      throw new IllegalArgumentException(
          "argument " + (index + 1) + " must be an array, but is " + Json.write(args.get(index)));
    }
    return args.get(index);
  }

  private static long integer(List<JsonNode> args, int index) {
    if (!args.get(index).isNumber()) {
      throw new IllegalArgumentException(
          "argument " + (index + 1) + " must be a number, but is " + Json.write(args.get(index)));
    }
    return args.get(index).decimalValue().setScale(0, RoundingMode.HALF_UP).longValueExact();
  }
}
