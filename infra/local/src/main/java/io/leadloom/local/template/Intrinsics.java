package io.leadloom.local.template;

import io.leadloom.local.template.TemplateNode.Call;
import io.leadloom.local.template.TemplateNode.Mapping;
import io.leadloom.local.template.TemplateNode.Scalar;
import io.leadloom.local.template.TemplateNode.Sequence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Evaluates the intrinsic functions of CloudFormation. */
final class Intrinsics {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
  private static final String SUPPORTED =
      "Ref, Fn::Base64, Fn::FindInMap, Fn::GetAtt, Fn::If, Fn::Join, Fn::Select, Fn::Split, Fn::Sub"
          + " and the condition functions";

  private final TemplateScope scope;

  Intrinsics(TemplateScope scope) {
    this.scope = scope;
  }

  TemplateNode evaluate(TemplateNode node) {
    return switch (node) {
      case Scalar scalar -> scalar;
      case Sequence sequence -> {
        var items = new ArrayList<TemplateNode>();
        for (var item : sequence.items()) {
          if (!isNoValue(item)) {
            var value = evaluate(item);
            if (!isNoValue(value)) {
              items.add(value);
            }
          }
        }
        yield new Sequence(sequence.at(), items);
      }
      case Mapping mapping -> {
        var entries = new LinkedHashMap<String, TemplateNode>();
        mapping
            .entries()
            .forEach((name, item) -> {
              var value = evaluate(item);
              if (!isNoValue(value)) {
                entries.put(name, value);
              }
            });
        yield new Mapping(mapping.at(), entries);
      }
      case Call call -> isNoValue(call) ? call : call(call);
    };
  }

  boolean truth(TemplateNode node) {
    return switch (node) {
      case Call(var at, var function, var argument) ->
          switch (function) {
            case "Condition" -> scope.condition(text(argument), at);
            case "Fn::Equals" -> {
              var sides = arguments(at, function, argument, 2);
              yield text(sides.get(0)).equals(text(sides.get(1)));
            }
            case "Fn::Not" -> !truth(arguments(at, function, argument, 1).getFirst());
            case "Fn::And" -> items(at, function, argument).stream().allMatch(this::truth);
            case "Fn::Or" -> items(at, function, argument).stream().anyMatch(this::truth);
            default -> throw new TemplateException(at, function + " is not a condition function");
          };
      case Mapping(var at, var entries)
          when entries.size() == 1 && entries.containsKey("Condition") ->
          scope.condition(text(entries.values().iterator().next()), at);
      default -> throw new TemplateException(node.at(), "Here a condition function is expected");
    };
  }

  private TemplateNode call(Call call) {
    var at = call.at();
    var argument = call.argument();
    return switch (call.function()) {
      case "Ref" -> scope.ref(text(argument), at);
      case "Fn::GetAtt" -> attribute(at, argument);
      case "Fn::Sub" -> substitute(at, argument);
      case "Fn::Join" -> {
        var parts = arguments(at, "Fn::Join", argument, 2);
        var texts = new ArrayList<String>();
        for (var item : items(at, "Fn::Join", evaluate(parts.get(1)))) {
          texts.add(text(item));
        }
        yield Scalar.text(at, String.join(text(parts.get(0)), texts));
      }
      case "Fn::If" -> {
        var parts = arguments(at, "Fn::If", argument, 3);
        var chosen = parts.get(scope.condition(text(parts.get(0)), at) ? 1 : 2);
        yield isNoValue(chosen) ? chosen : evaluate(chosen);
      }
      case "Fn::Select" -> {
        var parts = arguments(at, "Fn::Select", argument, 2);
        var list = items(at, "Fn::Select", evaluate(parts.get(1)));
        var index = text(parts.get(0));
        if (!index.matches("[0-9]{1,6}") || Integer.parseInt(index) >= list.size()) {
          throw new TemplateException(
              at, "Fn::Select has no item " + index + " in a list of " + list.size());
        }
        yield list.get(Integer.parseInt(index));
      }
      case "Fn::Split" -> {
        var parts = arguments(at, "Fn::Split", argument, 2);
        var pieces = text(parts.get(1)).split(Pattern.quote(text(parts.get(0))), -1);
        var items = new ArrayList<TemplateNode>();
        for (var piece : pieces) {
          items.add(Scalar.text(at, piece));
        }
        yield new Sequence(at, items);
      }
      case "Fn::FindInMap" -> findInMap(at, argument);
      case "Fn::Base64" ->
          Scalar.text(
              at,
              Base64.getEncoder().encodeToString(text(argument).getBytes(StandardCharsets.UTF_8)));
      default ->
          throw new TemplateException(
              at,
              "The local stack does not know the intrinsic function "
                  + call.function()
                  + ". Supported are "
                  + SUPPORTED);
    };
  }

  private TemplateNode attribute(Place at, TemplateNode argument) {
    if (argument instanceof Scalar(var place, var value)) {
      var dotted = value.asText();
      return scope.attribute(
          dotted.substring(0, Math.max(0, dotted.indexOf('.'))),
          dotted.substring(dotted.indexOf('.') + 1),
          place);
    }
    var parts = arguments(at, "Fn::GetAtt", argument, 2);
    return scope.attribute(text(parts.get(0)), text(parts.get(1)), at);
  }

  private TemplateNode substitute(Place at, TemplateNode argument) {
    Map<String, TemplateNode> own = Map.of();
    var template = argument;
    if (argument instanceof Sequence) {
      var parts = arguments(at, "Fn::Sub", argument, 2);
      template = parts.get(0);
      own = Properties.of("The second argument of Fn::Sub", parts.get(1)).values();
    }
    var variables = own;
    return Scalar.text(
        at,
        PLACEHOLDER
            .matcher(text(template))
            .replaceAll(match ->
                Matcher.quoteReplacement(variable(at, match.group(1).strip(), variables))));
  }

  private String variable(Place at, String name, Map<String, TemplateNode> own) {
    if (name.startsWith("!")) {
      return "${" + name.substring(1) + "}";
    }
    var value = own.get(name);
    if (value != null) {
      return text(value);
    }
    var dot = name.indexOf('.');
    return text(
        dot < 0 || name.endsWith(".Alias") || name.endsWith(".Version")
            ? scope.ref(name, at)
            : scope.attribute(name.substring(0, dot), name.substring(dot + 1), at));
  }

  private TemplateNode findInMap(Place at, TemplateNode argument) {
    var keys = arguments(at, "Fn::FindInMap", argument, 3).stream().map(this::text).toList();
    var level = scope.section("Mappings");
    for (var key : keys.subList(0, 2)) {
      level = Properties.of("The mapping " + key, entry(at, keys, level, key)).values();
    }
    return evaluate(entry(at, keys, level, keys.get(2)));
  }

  private static TemplateNode entry(
      Place at, List<String> keys, Map<String, TemplateNode> level, String key) {
    var entry = level.get(key);
    if (entry == null) {
      throw new TemplateException(
          at, "Mappings hold no " + key + " for " + String.join(", ", keys));
    }
    return entry;
  }

  private String text(TemplateNode node) {
    var value = evaluate(node);
    if (value instanceof Scalar scalar) {
      return scalar.text();
    }
    throw new TemplateException(node.at(), "Here a plain value is expected, not a list or mapping");
  }

  private static List<TemplateNode> items(Place at, String function, TemplateNode argument) {
    if (argument instanceof Sequence sequence) {
      return sequence.items();
    }
    throw new TemplateException(at, function + " needs a list");
  }

  private static List<TemplateNode> arguments(
      Place at, String function, TemplateNode argument, int count) {
    var items = items(at, function, argument);
    if (items.size() != count) {
      throw new TemplateException(
          at, function + " needs " + count + " arguments, but has " + items.size());
    }
    return items;
  }

  private static boolean isNoValue(TemplateNode node) {
    return node instanceof Call(var at, var function, var argument)
        && function.equals("Ref")
        && argument instanceof Scalar scalar
        && scalar.text().equals("AWS::NoValue");
  }
}
