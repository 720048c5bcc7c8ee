package io.leadloom.local.template;

import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads state machines with their definition files. */
final class StateMachineReader {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z0-9_]+)}");

  private StateMachineReader() {}

  static StateMachineResource read(
      Resource resource, String name, TemplateScope scope, Properties properties) {
    var substitutions = properties.textMap("DefinitionSubstitutions");
    var definition =
        PLACEHOLDER
            .matcher(source(scope, properties))
            .replaceAll(match -> {
              var value = substitutions.get(match.group(1));
              if (value == null) {
                throw new TemplateException(
                    properties.placeOf(
                        properties.has("DefinitionUri") ? "DefinitionUri" : "Definition"),
                    "The definition of "
                        + resource.id()
                        + " uses ${"
                        + match.group(1)
                        + "}, which DefinitionSubstitutions lacks");
              }
              return Matcher.quoteReplacement(value);
            });
    return new StateMachineResource(
        name,
        scope.arn(resource, resource.at()),
        definition,
        properties.text("Type").orElse("STANDARD"));
  }

  private static String source(TemplateScope scope, Properties properties) {
    var inline = properties.json("Definition");
    if (inline.isPresent()) {
      return inline.get().toString();
    }
    var path = scope.file().resolveSibling(properties.requiredText("DefinitionUri"));
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new TemplateException(
          properties.placeOf("DefinitionUri"), "The definition " + path + " cannot be read");
    }
  }
}
