package io.leadloom.local.template;

import java.util.Map;
import java.util.Set;

/**
 * The policies of a function or state machine. Rights are not enforced on one machine, but what a
 * SAM policy template names must exist; references in statements are checked by their evaluation.
 */
record Policies(Properties owner) {

  private static final Map<String, ResourceType> NAMED =
      Map.of(
          "EventBusName", ResourceType.EVENT_BUS,
          "FunctionName", ResourceType.FUNCTION,
          "QueueName", ResourceType.QUEUE,
          "StateMachineName", ResourceType.STATE_MACHINE,
          "TableName", ResourceType.TABLE);

  /**
   * @param existing type and name of all resources, as {@code "TABLE leads"}
   */
  void check(Set<String> existing) {
    for (var policy : owner.items("Policies")) {
      if (policy instanceof TemplateNode.Mapping(var at, var entries)
          && entries.size() == 1
          && entries.values().iterator().next() instanceof TemplateNode.Mapping arguments) {
        var name = entries.keySet().iterator().next();
        if (!name.equals("Statement") && !name.endsWith("Policy")) {
          throw new TemplateException(at, name + " is not a SAM policy template");
        }
        arguments.entries().forEach((key, value) -> checkName(existing, key, value));
      }
    }
  }

  private void checkName(Set<String> existing, String key, TemplateNode value) {
    var type = NAMED.get(key);
    var name = value.toJson().asText();
    if (type == null || name.equals("*") || name.equals("default")) {
      return;
    }
    if (!existing.contains(type + " " + Names.lastPart(name))) {
      throw new TemplateException(
          value.at(),
          "A policy of " + owner.owner() + " names " + key + " " + name + ", which does not exist");
    }
  }
}
