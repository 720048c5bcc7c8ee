package io.leadloom.cli;

import io.leadloom.clock.StackClock.Hold;
import io.leadloom.model.Lead;
import io.leadloom.model.Stage;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Approvals;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Wiring;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.SfnException;

/** One demo, from its rows to its funnel; run again on the same folder, it goes on where it was. */
final class DemoRun {

  private static final TenantId TENANT = TenantId.of("demo");
  private static final int ALL = 1_000_000;

  private final LocalLeadloom leadloom;
  private final DemoPlan plan;
  private final Path data;
  private final PrintWriter out;
  private final ProgressBar progress;
  private final Leads leads = Wiring.bean(Leads.class);
  private final SfnClient states = Wiring.bean(SfnClient.class);

  DemoRun(LocalLeadloom leadloom, DemoPlan plan, Path data, PrintWriter out) {
    this.leadloom = leadloom;
    this.plan = plan;
    this.data = data;
    this.out = out;
    this.progress = new ProgressBar(out);
  }

  Result run(Instant started) {
    // Time stands still until all rows are in: what the leads of the first rows see does not depend
    // on how fast the last ones come. It goes on only for rows that failed and are tried again.
    try (var hold = leadloom.clock().hold()) {
      LocalTenants.ensure(TENANT, plan.pack(), plan.mode(), plan.mail());
      var rows =
          new DemoSource(leadloom, plan, TENANT, StackTime.held(leadloom, hold), progress, out)
              .bring();
      progress.done();
      if (plan.mode() == io.leadloom.model.Tenant.Mode.AUTOPILOT) {
        hold.close();
        awaitEnd(rows.leads());
      } else {
        askUntilEnd(hold, rows.leads());
      }
      progress.done();
      // What has become of all shall not fail to be counted.
      var faults = leadloom.faultsStruck();
      leadloom.faults("");
      var seconds = Duration.between(started, Instant.now()).toMillis() / 1e3;
      var all = allLeads();
      var journal = Journal.read(data);
      return new Result(
          Funnel.of(rows, all, journal, cost(all), seconds, steps(), faults),
          LeadEnd.of(all, journal));
    }
  }

  /** What a run came to, on the whole and for each lead. */
  record Result(Funnel funnel, List<LeadEnd> leads) {}

  private void awaitEnd(int all) {
    while (showProgress(all) > 0) {
      Pause.millis(250);
    }
  }

  /** Lets time pass only while no draft waits for a decision. */
  private void askUntilEnd(Hold hold, int all) {
    var told = 0;
    while (showProgress(all) > 0) {
      if (!leadloom.idle()) {
        Pause.millis(20);
        continue;
      }
      var pending = Wiring.bean(Approvals.class).pending(TENANT, ALL).size();
      if (pending == 0) {
        hold.step();
        Pause.millis(1);
      } else {
        if (pending != told) {
          out.printf(
              "%n%,d drafts wait for you at %s/approvals?tenant=%s%n",
              pending, leadloom.api(), TENANT);
          out.flush();
          told = pending;
        }
        Pause.millis(500);
      }
    }
  }

  /** Shows how many leads have come to their end; gives the number that have not. */
  private int showProgress(int all) {
    int running;
    try {
      running = running();
    } catch (SfnException e) {
      // Where faults are asked for, a question may go unanswered; the next look tells.
      return 1;
    }
    progress.show("leads", all - running, all, leadloom.clock().instant());
    return running;
  }

  private int running() {
    var machine = lifecycle();
    return (int)
        states
            .listExecutionsPaginator(b ->
                b.stateMachineArn(machine).statusFilter(ExecutionStatus.RUNNING).maxResults(1000))
            .executions()
            .stream()
            .count();
  }

  private String lifecycle() {
    return Wiring.bean(io.leadloom.platform.Settings.class).lifecycleArn();
  }

  private List<Lead> allLeads() {
    var all = new ArrayList<Lead>();
    for (var stage : Stage.values()) {
      all.addAll(leads.inStage(TENANT, stage, ALL));
    }
    return all;
  }

  private long cost(List<Lead> all) {
    return all.stream().mapToLong(lead -> leads.story(TENANT, lead.id()).costMicroUsd()).sum();
  }

  private long steps() {
    var machine = lifecycle();
    return states
        .listExecutionsPaginator(b -> b.stateMachineArn(machine).maxResults(1000))
        .executions()
        .stream()
        .mapToLong(execution ->
            states
                .getExecutionHistoryPaginator(b ->
                    b.executionArn(execution.executionArn())
                        .maxResults(1000)
                        .includeExecutionData(false))
                .events()
                .stream()
                .map(HistoryEvent::typeAsString)
                .filter(type -> type.endsWith("StateEntered"))
                .count())
        .sum();
  }
}
