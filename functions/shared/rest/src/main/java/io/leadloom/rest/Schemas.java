package io.leadloom.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.ConfigFunction;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import io.leadloom.model.Coded;
import io.leadloom.platform.Json;
import java.lang.annotation.Annotation;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The JSON schemas of records, in the dialect of OpenAPI 3.1. Checks and document use the same
 * ones. What is sent to us may have no unknown member; what we answer may grow.
 */
final class Schemas {

  static final String PLACE = "components/schemas";

  private static final Map<Class<?>, String> FORMATS =
      Map.of(Instant.class, "date-time", LocalDate.class, "date");

  private final SchemaGenerator sent = generator(true);
  private final SchemaGenerator answered = generator(false);
  private final SchemaBuilder sentSchemas = sent.buildMultipleSchemaDefinitions();
  private final SchemaBuilder answeredSchemas = answered.buildMultipleSchemaDefinitions();

  /** A reference to the schema of a body. */
  ObjectNode ofBody(Class<?> type) {
    return sentSchemas.createSchemaReference(type);
  }

  /** A reference to the schema of an answer. */
  ObjectNode ofAnswer(Class<?> type) {
    return answeredSchemas.createSchemaReference(type);
  }

  /** The schema of a query: an object whose members are the parameters. */
  ObjectNode ofQuery(Class<?> type) {
    return sent.generateSchema(type);
  }

  /** All schemas that were referred to so far. */
  ObjectNode referred() {
    var all = Json.mapper().createObjectNode();
    all.setAll(sentSchemas.collectDefinitions(PLACE));
    answeredSchemas
        .collectDefinitions(PLACE)
        .properties()
        .forEach(schema -> {
          if (all.has(schema.getKey())) {
            throw new IllegalStateException(
                "Both a body and an answer are called " + schema.getKey() + "; rename one");
          }
          all.set(schema.getKey(), schema.getValue());
        });
    return all;
  }

  private static SchemaGenerator generator(boolean strict) {
    var config =
        new SchemaGeneratorConfigBuilder(
                Json.mapper(), SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(
                Option.DEFINITIONS_FOR_ALL_OBJECTS,
                Option.EXTRA_OPEN_API_FORMAT_VALUES,
                // Else they get components of their own, with names that generators refuse.
                Option.INLINE_NULLABLE_SCHEMAS)
            .without(Option.SCHEMA_VERSION_INDICATOR);
    if (strict) {
      config.with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT);
    }
    config
        .forTypesInGeneral()
        .withCustomDefinitionProvider((type, context) -> {
          var raw = type.getErasedType();
          if (Map.class.isAssignableFrom(raw)) {
            // In place, since "Map(String,Instant)" may not be the name of a component.
            var values = context.getTypeContext().getTypeParameterFor(type, Map.class, 1);
            var map = Json.mapper().createObjectNode().put("type", "object");
            map.set("additionalProperties", context.createDefinitionReference(values));
            return inline(map);
          }
          var format = FORMATS.get(raw);
          if (format != null) {
            return inline(text().put("format", format));
          }
          if (!raw.isEnum()) {
            return null;
          }
          var values = text();
          Arrays.stream(raw.getEnumConstants())
              .forEach(constant -> values.withArrayProperty("enum").add(code((Enum<?>) constant)));
          return inline(values);
        })
        .withDescriptionResolver(scope -> {
          var about = scope.getType().getErasedType().getAnnotation(About.class);
          return about == null ? null : about.value();
        });
    config
        .forFields()
        .withRequiredCheck(field -> !isNullable(field))
        .withNullableCheck(field ->
            !field.isFakeContainerItemScope()
                && field.getRawMember().isAnnotationPresent(Clearable.class))
        .withDescriptionResolver(on(About.class, About::value))
        .withStringMinLengthResolver(length(false, Length::min))
        .withStringMaxLengthResolver(length(false, Length::max))
        .withArrayMinItemsResolver(length(true, Length::min))
        .withArrayMaxItemsResolver(length(true, Length::max))
        .withNumberInclusiveMinimumResolver(on(Range.class, r -> BigDecimal.valueOf(r.min())))
        .withNumberInclusiveMaximumResolver(on(Range.class, r -> BigDecimal.valueOf(r.max())))
        .withStringPatternResolver(on(Form.class, f -> f.pattern().isEmpty() ? null : f.pattern()))
        .withStringFormatResolver(on(Form.class, f -> f.format().isEmpty() ? null : f.format()));
    return new SchemaGenerator(config.build());
  }

  /** How an enum's constant is written. */
  static String code(Enum<?> constant) {
    return constant instanceof Coded coded
        ? coded.code()
        : constant.name().toLowerCase(Locale.ROOT);
  }

  private static ObjectNode text() {
    return Json.mapper().createObjectNode().put("type", "string");
  }

  private static CustomDefinition inline(ObjectNode schema) {
    return new CustomDefinition(
        schema, CustomDefinition.DefinitionType.INLINE, CustomDefinition.AttributeInclusion.YES);
  }

  /** How long a list, or else a text, may be. */
  private static ConfigFunction<FieldScope, Integer> length(
      boolean ofLists, Function<Length, Integer> bound) {
    var annotated = on(Length.class, bound);
    return field -> field.isContainerType() == ofLists ? annotated.apply(field) : null;
  }

  private static <A extends Annotation, V> ConfigFunction<FieldScope, V> on(
      Class<A> annotation, Function<A, @Nullable V> value) {
    return field -> {
      // Of a list's elements nothing is said by an annotation of the list.
      if (field.isFakeContainerItemScope()) {
        return null;
      }
      var found = field.getRawMember().getAnnotation(annotation);
      return found == null ? null : value.apply(found);
    };
  }

  private static boolean isNullable(FieldScope field) {
    return field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  /** The members of a query's schema, by name. */
  static JsonNode members(ObjectNode schema) {
    return schema.path("properties");
  }
}
