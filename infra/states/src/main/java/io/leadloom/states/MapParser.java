package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a Map state. */
final class MapParser {

  private final DefinitionParser definition;
  private final StateParser state;
  private final Fields fields;
  private final QueryLanguage language;
  private final boolean jsonata;

  MapParser(DefinitionParser definition, StateParser state, Fields fields, QueryLanguage language) {
    this.definition = definition;
    this.state = state;
    this.fields = fields;
    this.language = language;
    this.jsonata = language == QueryLanguage.JSONATA;
  }

  @Nullable State parse() {
    var base = state.base();
    var processor = fields.object("ItemProcessor");
    if (processor == null) {
      processor = fields.object("Iterator");
    }
    if (processor == null) {
      fields.problem("The field 'ItemProcessor' is required but was missing");
      return null;
    }
    var config = processor.object("ProcessorConfig");
    var distributed = false;
    if (config != null) {
      distributed = "DISTRIBUTED".equals(config.text("Mode"));
      config.has("ExecutionType");
      config.refuseOthers();
    }
    var branch =
        definition.branch(
            processor, processor.location(), definition.language(processor, language));
    processor.refuseOthers();
    var selector = jsonata ? state.template("ItemSelector") : state.payload("ItemSelector");
    if (!jsonata && selector == null) {
      selector = state.payload("Parameters");
    }
    var items = new MapItems(items(), reader());
    var batcher = batcher();
    var writer = writer();
    var maxConcurrency = number(fields, "", "MaxConcurrency", true);
    var count = number(fields, "", "ToleratedFailureCount", true);
    var percentage = number(fields, "", "ToleratedFailurePercentage", false);
    if (branch == null) {
      return null;
    }
    return new State.Map(
        base,
        branch,
        distributed,
        fields.text("Label"),
        items,
        selector,
        batcher,
        writer,
        maxConcurrency,
        count,
        percentage);
  }

  private @Nullable Expression items() {
    if (!jsonata) {
      return fields.read("ItemsPath", value -> PathExpression.compile(value.asText()));
    }
    return fields.read(
        "Items",
        value ->
            value.isTextual() && JsonataExpression.isExpression(value.textValue())
                ? JsonataExpression.compile(value.textValue(), "Items")
                : TemplateParser.jsonata(value, "Items"));
  }

  private @Nullable ItemReader reader() {
    var reader = fields.object("ItemReader");
    if (reader == null) {
      return null;
    }
    var resource = serviceName(reader);
    var arguments = arguments(reader, "ItemReader");
    var inputType = "";
    List<String> headers = null;
    var delimiter = ',';
    var maxItems = new NumberField("MaxItems", null, true);
    var config = reader.object("ReaderConfig");
    if (config != null) {
      var given = config.text("InputType");
      inputType = given == null ? "" : given;
      headers = headers(config);
      delimiter = delimiter(config.text("CSVDelimiter"));
      maxItems = number(config, "ItemReader/ReaderConfig/", "MaxItems", true);
      config.has("ManifestType");
      config.refuseOthers();
    }
    reader.refuseOthers();
    return new ItemReader(resource, arguments, inputType, headers, delimiter, maxItems);
  }

  private static @Nullable List<String> headers(Fields config) {
    config.has("CSVHeaders");
    if (!"GIVEN".equals(config.text("CSVHeaderLocation"))) {
      return null;
    }
    List<String> headers = new ArrayList<>();
    var given = config.get("CSVHeaders");
    if (given == null) {
      config.problem("The field 'CSVHeaders' is required but was missing");
      return headers;
    }
    given.forEach(header -> headers.add(header.asText()));
    return headers;
  }

  private static char delimiter(@Nullable String name) {
    return switch (name == null ? "COMMA" : name) {
      case "PIPE" -> '|';
      case "SEMICOLON" -> ';';
      case "SPACE" -> ' ';
      case "TAB" -> '\t';
      default -> ',';
    };
  }

  private @Nullable ItemBatcher batcher() {
    var batcher = fields.object("ItemBatcher");
    if (batcher == null) {
      return null;
    }
    var input =
        batcher.read(
            "BatchInput",
            value ->
                jsonata
                    ? TemplateParser.jsonata(value, "ItemBatcher/BatchInput")
                    : TemplateParser.jsonPath(value));
    var parsed =
        new ItemBatcher(
            number(batcher, "ItemBatcher/", "MaxItemsPerBatch", true),
            number(batcher, "ItemBatcher/", "MaxInputBytesPerBatch", true),
            input);
    batcher.refuseOthers();
    return parsed;
  }

  private @Nullable ResultWriter writer() {
    var writer = fields.object("ResultWriter");
    if (writer == null) {
      return null;
    }
    var parsed = new ResultWriter(serviceName(writer), arguments(writer, "ResultWriter"));
    writer.has("WriterConfig");
    writer.refuseOthers();
    return parsed;
  }

  private static String serviceName(Fields owner) {
    owner.requiredText("Resource");
    var resource =
        owner.read(
            "Resource",
            value ->
                TaskResource.parse(value.asText()) instanceof TaskResource.Service service
                    ? service.name()
                    : null);
    return resource == null ? "" : resource;
  }

  private @Nullable Template arguments(Fields owner, String location) {
    return jsonata
        ? owner.read("Arguments", value -> TemplateParser.jsonata(value, location + "/Arguments"))
        : StateParser.payload(owner, "Parameters");
  }

  private NumberField number(Fields owner, String prefix, String field, boolean whole) {
    Expression expression = owner.read(field, value -> literal(value, prefix + field, whole));
    if (expression == null && !jsonata) {
      expression = owner.read(field + "Path", value -> PathExpression.compile(value.asText()));
    }
    return new NumberField(field, expression, whole);
  }

  private Expression literal(JsonNode value, String location, boolean whole) {
    if (jsonata && value.isTextual() && JsonataExpression.isExpression(value.textValue())) {
      return JsonataExpression.compile(value.textValue(), location);
    }
    if (whole ? !value.isIntegralNumber() : !value.isNumber()) {
      throw new IllegalArgumentException(
          "Expected value of type " + (whole ? "Integer" : "Number"));
    }
    return new Template.Literal(value);
  }
}
