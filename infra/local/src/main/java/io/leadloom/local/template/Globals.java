package io.leadloom.local.template;

import java.util.LinkedHashMap;
import java.util.Map;

/** SAM's Globals: properties that resources of a kind share. */
final class Globals {

  private Globals() {}

  /** The properties of a resource over those that Globals has for its kind, evaluated. */
  static Properties apply(TemplateScope scope, String kind, String label, Properties own) {
    var merged = mergeUnevaluated(scope, kind, label, own);
    return Properties.of(
        label, scope.evaluate(new TemplateNode.Mapping(own.at(), merged.values())));
  }

  /** The same without evaluation, for one property out of many. */
  static Properties mergeUnevaluated(
      TemplateScope scope, String kind, String label, Properties own) {
    var shared = scope.section("Globals").get(kind);
    if (shared == null) {
      return own;
    }
    var type = ResourceType.of("AWS::Serverless::" + kind).orElseThrow();
    var properties = Properties.of("Globals." + kind, shared);
    properties
        .values()
        .forEach((name, value) -> {
          if (!type.knows(name)) {
            throw Properties.unsupported(value.at(), name, properties.owner());
          }
        });
    return new Properties(own.at(), label, merge(properties.values(), own.values()));
  }

  private static Map<String, TemplateNode> merge(
      Map<String, TemplateNode> shared, Map<String, TemplateNode> own) {
    var merged = new LinkedHashMap<>(shared);
    own.forEach((name, value) ->
        merged.merge(
            name,
            value,
            (below, above) ->
                below instanceof TemplateNode.Mapping(var ignored, var lower)
                        && above instanceof TemplateNode.Mapping(var at, var upper)
                    ? new TemplateNode.Mapping(at, merge(lower, upper))
                    : above));
    return merged;
  }
}
