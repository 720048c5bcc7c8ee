package io.leadloom.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.Role;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Json;
import io.leadloom.platform.Wiring;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * Brings a demo's records in: a file by the import API, a portal by the machine {@code
 * source-scan}.
 */
final class DemoSource {

  private final LocalLeadloom leadloom;
  private final DemoPlan plan;
  private final TenantId tenant;
  private final StackTime time;
  private final ProgressBar progress;
  private final PrintWriter out;

  DemoSource(
      LocalLeadloom leadloom,
      DemoPlan plan,
      TenantId tenant,
      StackTime time,
      ProgressBar progress,
      PrintWriter out) {
    this.leadloom = leadloom;
    this.plan = plan;
    this.tenant = tenant;
    this.time = time;
    this.progress = progress;
    this.out = out;
  }

  Funnel.Accounting bring() {
    if (DemoPlan.isUrl(plan.source())) {
      return scan(plan.source());
    }
    var file = SourceFile.open(plan.source());
    return switch (DemoCommand.Via.valueOf(plan.via())) {
      case FILE -> {
        var api =
            new ImportApi(
                leadloom.api(), () -> LocalTokens.of(leadloom.issuer(), tenant, Role.MEMBER), time);
        var imported =
            new RowFeed(api, time)
                .feed(
                    "demo",
                    file,
                    done ->
                        progress.show(
                            "rows", done, file.rows().size(), leadloom.clock().instant()));
        yield imported.accounting();
      }
      case CKAN -> scan(leadloom.simulators().ckan(file.path()).toString());
      case SOCRATA -> scan(leadloom.simulators().socrata(file.path()).toString());
    };
  }

  /** Runs the scan to its end. It is in no hurry: the leads it raises set out meanwhile. */
  private Funnel.Accounting scan(String url) {
    var states = Wiring.bean(SfnClient.class);
    var machine = scanMachine();
    out.println("Scanning " + url);
    out.flush();
    var execution =
        states.startExecution(b ->
            // Under one name, so that a run that goes on finds the scan it began.
            b.stateMachineArn(machine)
                .name("demo")
                .input(
                    Json.write(Map.of("tenantId", tenant.value(), "source", "demo", "url", url))));
    while (true) {
      var now = states.describeExecution(b -> b.executionArn(execution.executionArn()));
      if (now.status() == ExecutionStatus.SUCCEEDED) {
        return accounting(Json.tree(now.output().getBytes(StandardCharsets.UTF_8)));
      }
      if (now.status() != ExecutionStatus.RUNNING) {
        throw new CommandFailure(
            "the scan of " + url + " failed: " + now.error() + ": " + now.cause());
      }
      Pause.millis(100);
    }
  }

  /** The scan is deployed beside the lifecycle, under its own name. */
  private static String scanMachine() {
    return Wiring.bean(io.leadloom.platform.Settings.class)
        .lifecycleArn()
        .replace("lead-lifecycle", "source-scan");
  }

  private static Funnel.Accounting accounting(JsonNode output) {
    var setAside = new TreeMap<String, Integer>();
    output
        .path("setAside")
        .properties()
        .forEach(e -> setAside.put(e.getKey(), e.getValue().asInt()));
    return Funnel.Accounting.of(
        output.path("leads").asInt(), output.path("joined").asInt(), setAside);
  }
}
