package io.leadloom.console;

import java.util.List;

/**
 * The pipeline of a tenant at a glance.
 *
 * @param endpointsOff webhook endpoints that we switched off
 */
public record PipelineView(
    String tenant,
    int leads,
    int pending,
    int replies,
    int endpointsOff,
    List<Count> stages,
    List<LeadRow> latest) {

  /** How many leads stand in a stage. */
  public record Count(String code, String name, int leads, int percent) {}
}
