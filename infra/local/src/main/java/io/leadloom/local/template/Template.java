package io.leadloom.local.template;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A SAM template, its nested templates included, with every name resolved. */
public record Template(
    List<FunctionResource> functions,
    Optional<HttpApiResource> api,
    Optional<WebSocketApiResource> webSocketApi,
    List<StateMachineResource> stateMachines,
    List<TableResource> tables,
    List<QueueResource> queues,
    List<String> eventBuses,
    List<ArchiveResource> archives,
    List<EventRule> rules,
    List<EventSource> eventSources,
    List<Secret> secrets,
    List<Parameter> parameters,
    Map<String, String> outputs) {

  /** A secret of Secrets Manager with its first value. */
  public record Secret(String name, String arn, String value) {}

  /** A parameter of Systems Manager. */
  public record Parameter(String name, String arn, String type, String value) {}

  /**
   * Reads a template.
   *
   * @throws TemplateException when it holds something that cannot be run here
   */
  public static Template read(Path file, Deployment deployment) {
    return new TemplateReader(deployment).read(file);
  }
}
