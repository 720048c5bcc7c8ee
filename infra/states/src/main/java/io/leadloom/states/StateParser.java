package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one state of a definition. */
final class StateParser {

  private final DefinitionParser definition;
  private final Fields fields;
  private final String name;
  private final String type;
  private final QueryLanguage language;
  private final boolean jsonata;

  StateParser(
      DefinitionParser definition,
      Fields fields,
      String name,
      String type,
      QueryLanguage language) {
    this.definition = definition;
    this.fields = fields;
    this.name = name;
    this.type = type;
    this.language = language;
    this.jsonata = language == QueryLanguage.JSONATA;
  }

  /** The state, or null when it is too broken to be one; what is wrong has been said then. */
  @Nullable State parse() {
    return switch (type) {
      case "Pass" -> new State.Pass(base(), jsonata ? null : fields.get("Result"));
      case "Task" -> task();
      case "Choice" -> choice();
      case "Wait" -> waiting();
      case "Succeed" -> new State.Succeed(base());
      case "Fail" -> new State.Fail(base(), text("Error"), text("Cause"));
      case "Parallel" -> parallel();
      default -> new MapParser(definition, this, fields, language).parse();
    };
  }

  /** The common part. It is read before anything that is special to a type. */
  State.Base base() {
    var ends = type.equals("Succeed") || type.equals("Fail");
    var works = type.equals("Task") || type.equals("Parallel") || type.equals("Map");
    String next = null;
    if (!ends && !type.equals("Choice")) {
      next = fields.text("Next");
      var end = fields.get("End");
      var endsHere = end != null && end.isBoolean() && end.booleanValue();
      if (next == null && !endsHere) {
        fields.problem("One of the fields 'Next' and 'End' is required");
      } else if (next != null && endsHere) {
        fields.problem("The fields 'Next' and 'End' exclude each other");
      }
    }
    return new State.Base(
        name,
        type,
        next,
        flow(works),
        works ? retriers() : List.of(),
        works ? catchers() : List.of());
  }

  private Dataflow flow(boolean works) {
    if (type.equals("Fail")) {
      return passing(Map.of());
    }
    if (jsonata) {
      var arguments = type.equals("Task") || type.equals("Parallel") ? template("Arguments") : null;
      return new Dataflow(
          language,
          null,
          arguments,
          null,
          ResultPath.ALL,
          null,
          template("Output"),
          type.equals("Succeed") ? Map.of() : assign(fields));
    }
    var shaped = works || type.equals("Pass");
    // A Map evaluates its Parameters for every item, not once.
    var parameters = shaped && !type.equals("Map") ? payload("Parameters") : null;
    return new Dataflow(
        language,
        path("InputPath"),
        parameters,
        works ? payload("ResultSelector") : null,
        shaped ? resultPath(fields) : ResultPath.ALL,
        path("OutputPath"),
        null,
        type.equals("Succeed") ? Map.of() : assign(fields));
  }

  private static PathExpression whole() {
    return PathExpression.compile("$");
  }

  private Dataflow passing(Map<String, Template> assign) {
    return new Dataflow(
        language,
        jsonata ? null : whole(),
        null,
        null,
        ResultPath.ALL,
        jsonata ? null : whole(),
        null,
        assign);
  }

  private @Nullable PathExpression path(String field) {
    if (!fields.has(field)) {
      return whole();
    }
    return fields.read(
        field,
        value -> {
          if (value.isNull()) {
            return null;
          }
          if (!value.isTextual()) {
            throw new IllegalArgumentException("Expected value of type String");
          }
          return PathExpression.compile(value.textValue());
        });
  }

  private ResultPath resultPath(Fields owner) {
    if (!owner.has("ResultPath")) {
      return ResultPath.ALL;
    }
    var path =
        owner.read(
            "ResultPath",
            value -> value.isNull() ? ResultPath.NONE : ResultPath.compile(value.asText()));
    return path == null ? ResultPath.ALL : path;
  }

  /** A JSONata template in a field of the state. */
  @Nullable Template template(String field) {
    return fields.read(field, value -> TemplateParser.jsonata(value, field));
  }

  /** A JSONPath payload template in a field of the state. */
  @Nullable Template payload(String field) {
    return payload(fields, field);
  }

  static @Nullable Template payload(Fields owner, String field) {
    return owner.read(field, TemplateParser::jsonPath);
  }

  private Map<String, Template> assign(Fields owner) {
    var values = owner.get("Assign");
    if (values == null) {
      return Map.of();
    }
    if (!values.isObject()) {
      owner.problemAt("Assign", "Expected value of type Object");
      return Map.of();
    }
    var template =
        owner.read(
            "Assign",
            value ->
                jsonata ? TemplateParser.jsonata(value, "Assign") : TemplateParser.jsonPath(value));
    if (template instanceof Template.Fields computed) {
      return computed.fields();
    }
    Map<String, Template> literals = new LinkedHashMap<>();
    for (var field : values.properties()) {
      literals.put(field.getKey(), new Template.Literal(field.getValue()));
    }
    return literals;
  }

  private List<Retrier> retriers() {
    List<Retrier> list = new ArrayList<>();
    for (var rule : fields.objects("Retry")) {
      var maxDelay = rule.get("MaxDelaySeconds");
      list.add(
          new Retrier(
              errorEquals(rule),
              integer(rule, "IntervalSeconds", 1, 1),
              integer(rule, "MaxAttempts", 3, 0),
              rate(rule),
              maxDelay == null ? null : integer(rule, "MaxDelaySeconds", 0, 1),
              "FULL".equals(rule.text("JitterStrategy"))));
      rule.refuseOthers();
    }
    return list;
  }

  private static double rate(Fields rule) {
    var rate = rule.get("BackoffRate");
    if (rate == null) {
      return 2;
    }
    if (!rate.isNumber() || rate.doubleValue() < 1) {
      rule.problemAt("BackoffRate", "Value must be a number of at least 1.0");
    }
    return rate.doubleValue();
  }

  private static long integer(Fields rule, String field, long otherwise, long least) {
    var value = rule.get(field);
    if (value == null) {
      return otherwise;
    }
    if (!value.isIntegralNumber() || value.longValue() < least || value.longValue() > 99_999_999) {
      rule.problemAt(field, "Value must be an integer from " + least + " to 99999999");
    }
    return value.longValue();
  }

  private static List<String> errorEquals(Fields rule) {
    List<String> names = new ArrayList<>();
    var array = rule.get("ErrorEquals");
    if (array == null || !array.isArray() || array.isEmpty()) {
      rule.problem("The field 'ErrorEquals' is required but was missing");
      return names;
    }
    array.forEach(error -> names.add(error.asText()));
    if (names.contains("States.ALL") && names.size() > 1) {
      rule.problemAt("ErrorEquals", "States.ALL must appear alone");
    }
    return names;
  }

  private List<Catcher> catchers() {
    List<Catcher> list = new ArrayList<>();
    for (var rule : fields.objects("Catch")) {
      var errors = errorEquals(rule);
      var next = rule.requiredText("Next");
      var flow = passing(assign(rule));
      flow =
          new Dataflow(
              language,
              flow.inputPath(),
              null,
              null,
              jsonata ? ResultPath.ALL : resultPath(rule),
              flow.outputPath(),
              jsonata
                  ? rule.read("Output", value -> TemplateParser.jsonata(value, "Catch/Output"))
                  : null,
              flow.assign());
      list.add(new Catcher(errors, next, flow));
      rule.refuseOthers();
    }
    return list;
  }

  private @Nullable State task() {
    var base = base();
    var text = fields.requiredText("Resource");
    var resource = fields.read("Resource", value -> TaskResource.parse(value.asText()));
    fields.has("Credentials");
    var timeout = seconds("TimeoutSeconds");
    var heartbeat = seconds("HeartbeatSeconds");
    if (text.isEmpty() || resource == null) {
      return null;
    }
    return new State.Task(base, resource, timeout, heartbeat);
  }

  private @Nullable SecondsField seconds(String field) {
    var literal = fields.get(field);
    if (literal != null) {
      if (jsonata && literal.isTextual() && JsonataExpression.isExpression(literal.textValue())) {
        return fields.read(
            field,
            value -> new SecondsField(field, JsonataExpression.compile(value.textValue(), field)));
      }
      if (!literal.isIntegralNumber() || literal.longValue() < 1) {
        fields.problemAt(field, "Expected value of type Integer");
        return null;
      }
      return new SecondsField(field, new Template.Literal(literal));
    }
    if (jsonata) {
      return null;
    }
    return fields.read(
        field + "Path", value -> new SecondsField(field, PathExpression.compile(value.asText())));
  }

  private State choice() {
    var base = base();
    List<ChoiceRule> rules = new ArrayList<>();
    var objects = fields.objects("Choices");
    if (objects.isEmpty()) {
      fields.problem("The field 'Choices' is required and must not be empty");
    }
    for (int i = 0; i < objects.size(); i++) {
      var rule = objects.get(i);
      var next = rule.requiredText("Next");
      var condition = jsonata ? jsonataCondition(rule, i) : new ConditionParser(rule).parse();
      var flow = passing(assign(rule));
      if (jsonata) {
        var location = "Choices[" + i + "]/Output";
        var output = rule.read("Output", value -> TemplateParser.jsonata(value, location));
        flow =
            new Dataflow(language, null, null, null, ResultPath.ALL, null, output, flow.assign());
      } else {
        flow =
            new Dataflow(
                language,
                base.flow().inputPath(),
                null,
                null,
                ResultPath.ALL,
                base.flow().outputPath(),
                null,
                flow.assign());
      }
      rule.refuseOthers();
      if (condition != null) {
        rules.add(new ChoiceRule(condition, next, flow));
      }
    }
    return new State.Choice(base, rules, fields.text("Default"));
  }

  private static ChoiceRule.@Nullable Condition jsonataCondition(Fields rule, int index) {
    var condition = rule.get("Condition");
    if (condition == null) {
      rule.problem("The field 'Condition' is required but was missing");
      return null;
    }
    if (condition.isBoolean()) {
      return new ChoiceRule.JsonataCondition(new Template.Literal(condition));
    }
    return rule.read(
        "Condition",
        value -> {
          if (!value.isTextual() || !JsonataExpression.isExpression(value.textValue())) {
            throw new IllegalArgumentException(
                "The value must be a boolean or a JSONata expression");
          }
          return new ChoiceRule.JsonataCondition(
              JsonataExpression.compile(value.textValue(), "Choices[" + index + "]/Condition"));
        });
  }

  private State waiting() {
    var base = base();
    WaitUntil until = null;
    int given = 0;
    for (var field : List.of("Seconds", "SecondsPath", "Timestamp", "TimestampPath")) {
      if ((jsonata && field.endsWith("Path")) || !fields.has(field)) {
        continue;
      }
      given++;
      var parsed = fields.read(field, value -> until(field, value));
      until = parsed == null ? until : parsed;
    }
    if (given != 1) {
      fields.problem(
          "Exactly one of the fields Seconds, SecondsPath, Timestamp, TimestampPath is"
              + " required");
    }
    return new State.Wait(
        base, until == null ? new WaitUntil.Seconds(new Template.Literal(Json.array())) : until);
  }

  private WaitUntil until(String field, JsonNode value) {
    if (jsonata && value.isTextual() && JsonataExpression.isExpression(value.textValue())) {
      var expression = JsonataExpression.compile(value.textValue(), field);
      return field.equals("Seconds")
          ? new WaitUntil.Seconds(expression)
          : new WaitUntil.Timestamp(expression);
    }
    return switch (field) {
      case "SecondsPath" -> new WaitUntil.Seconds(PathExpression.compile(value.asText()));
      case "TimestampPath" -> new WaitUntil.Timestamp(PathExpression.compile(value.asText()));
      case "Seconds" -> {
        if (!value.isIntegralNumber() || value.longValue() < 0 || value.longValue() > 99_999_999) {
          throw new IllegalArgumentException("Expected value of type Integer");
        }
        yield new WaitUntil.Seconds(new Template.Literal(value));
      }
      default -> {
        if (!value.isTextual() || Timestamps.parse(value.textValue()).isEmpty()) {
          throw new IllegalArgumentException("String does not match RFC3339 timestamp");
        }
        yield new WaitUntil.Timestamp(new Template.Literal(value));
      }
    };
  }

  private @Nullable TextField text(String field) {
    var value = fields.get(field);
    if (value != null) {
      if (jsonata && value.isTextual() && JsonataExpression.isExpression(value.textValue())) {
        return fields.read(field, v -> new TextField(field, TemplateParser.jsonata(v, field)));
      }
      if (!value.isTextual()) {
        fields.problemAt(field, "Expected value of type String");
        return null;
      }
      return new TextField(field, new Template.Literal(value));
    }
    var byPath = field + "Path";
    return jsonata
        ? null
        : fields.read(
            byPath, v -> new TextField(byPath, TemplateParser.pathOrFunction(v.asText())));
  }

  private State parallel() {
    var base = base();
    List<Branch> branches = new ArrayList<>();
    var objects = fields.objects("Branches");
    if (objects.isEmpty()) {
      fields.problem("The field 'Branches' is required and must not be empty");
    }
    for (var object : objects) {
      var branch =
          definition.branch(object, object.location(), definition.language(object, language));
      object.refuseOthers();
      if (branch != null) {
        branches.add(branch);
      }
    }
    return new State.Parallel(base, branches);
  }
}
