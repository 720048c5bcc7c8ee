package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSONPath into the data ({@code $.a}), the context object ({@code $$.a}) or a variable ({@code
 * $name.a}). It is read by Jayway's library, which AWS uses as well: the messages agree.
 */
final class PathExpression implements Expression {

  private static final Configuration CONFIGURATION =
      Configuration.builder()
          .jsonProvider(new JacksonJsonNodeJsonProvider(Json.MAPPER))
          .mappingProvider(new JacksonMappingProvider(Json.MAPPER))
          .build();

  private static final Pattern LONE_BACKSLASH =
      Pattern.compile("((?:^|[^\\\\])(?:\\\\\\\\)*)\\\\(?![\\\\'])");

  private final String text;
  private final Source source;
  private final String variable;
  private final @Nullable JsonPath compiled;

  private PathExpression(String text, Source source, String variable, @Nullable JsonPath compiled) {
    this.text = text;
    this.source = source;
    this.variable = variable;
    this.compiled = compiled;
  }

  private enum Source {
    DATA,
    CONTEXT,
    VARIABLE
  }

  /**
   * Compiles a path.
   *
   * @throws IllegalArgumentException when it is none
   */
  static PathExpression compile(String text) {
    if (!text.startsWith("$")) {
      throw new IllegalArgumentException("A JSONPath must begin with '$', but is " + text);
    }
    if (text.startsWith("$$")) {
      return new PathExpression(text, Source.CONTEXT, "", compilePath(text.substring(1)));
    }
    if (text.length() > 1 && Character.isUnicodeIdentifierStart(text.charAt(1))) {
      int end = 2;
      while (end < text.length() && Character.isUnicodeIdentifierPart(text.charAt(end))) {
        end++;
      }
      return new PathExpression(
          text, Source.VARIABLE, text.substring(1, end), compilePath("$" + text.substring(end)));
    }
    return new PathExpression(text, Source.DATA, "", compilePath(text));
  }

  private static @Nullable JsonPath compilePath(String text) {
    if (text.equals("$")) {
      return null;
    }
    try {
      // In a quoted name AWS takes a backslash as it is, except before a quote or another one.
      return JsonPath.compile(LONE_BACKSLASH.matcher(text).replaceAll("$1\\\\\\\\"));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
  }

  String text() {
    return text;
  }

  @Override
  public JsonNode evaluate(Scope scope) {
    var root = root(scope);
    try {
      return read(root);
    } catch (JsonPathException e) {
      throw scope.runtimeError("Invalid path '%s' : %s".formatted(text, e.getMessage()));
    }
  }

  /** As {@link #evaluate}, with the message that AWS gives for a named field. */
  JsonNode evaluateFor(Scope scope, String field) {
    var root = root(scope);
    try {
      return read(root);
    } catch (JsonPathException e) {
      throw scope.runtimeError(
          "The JSONPath '%s' specified for the field '%s' could not be found in the input '%s'"
              .formatted(text, field, Json.write(root)));
    }
  }

  /** The value, or null where the path leads nowhere. */
  @Nullable JsonNode find(Scope scope) {
    try {
      return read(root(scope));
    } catch (JsonPathException e) {
      return null;
    }
  }

  private JsonNode read(JsonNode root) {
    if (compiled == null) {
      return root;
    }
    try {
      JsonNode found = compiled.read(root, CONFIGURATION);
      return found == null ? NullNode.instance : found;
    } catch (PathNotFoundException e) {
      // A path that may lead to several places leads to none then.
      if (compiled.isDefinite()) {
        throw e;
      }
      return Json.array();
    }
  }

  private JsonNode root(Scope scope) {
    return switch (source) {
      case DATA -> scope.data();
      case CONTEXT -> scope.context();
      case VARIABLE -> {
        var value = scope.variables().get(variable);
        if (value == null) {
          throw scope.runtimeError(
              "The variable '$%s' referenced by '%s' is not defined".formatted(variable, text));
        }
        yield value;
      }
    };
  }
}
