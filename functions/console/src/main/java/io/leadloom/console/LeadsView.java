package io.leadloom.console;

import io.leadloom.console.PipelineView.Count;
import java.util.List;

/** The leads of a stage, latest change first. */
public record LeadsView(
    String tenant, String stage, List<Count> stages, List<LeadRow> leads, boolean more) {}
