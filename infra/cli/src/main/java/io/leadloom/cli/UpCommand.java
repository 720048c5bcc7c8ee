package io.leadloom.cli;

import io.leadloom.clock.StackClock;
import io.leadloom.model.Stage;
import io.leadloom.model.Tenant;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Tenants;
import io.leadloom.platform.Wiring;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "up",
    description =
        "Runs the whole product on this machine until Ctrl-C; a second start keeps the data.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class UpCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--port", paramLabel = "N", description = "port of the console and the HTTP API")
  private int port = 8080;

  @Option(names = "--aws-port", paramLabel = "N", description = "port of the AWS services")
  private int awsPort = 4566;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "where the data is kept (default: .leadloom in the checkout)")
  private @Nullable Path data;

  @Option(
      names = "--speed",
      paramLabel = "N",
      description =
          "how many times faster than the wall clock time passes while nothing is at work")
  private double speed = 1;

  @Mixin private FaultsOption faults = new FaultsOption();

  @Override
  public Integer call() throws InterruptedException {
    var out = spec.commandLine().getOut();
    var folder = (data == null ? Home.data() : data).toAbsolutePath().normalize();
    var clock = clock(folder, speed);
    var leadloom = LocalLeadloom.start(folder, port, awsPort, clock, 1);
    leadloom.faults(faults.spec());
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              leadloom.close();
              stopped.countDown();
            }));
    out.printf(
        "Leadloom is up: console %s, AWS %s, data %s%n", leadloom.api(), leadloom.aws(), folder);
    if (Wiring.bean(Tenants.class).ids().isEmpty()) {
      LocalTenants.ensure(TenantId.of("demo"), "fire-safety", Tenant.Mode.CO_PILOT);
      out.println(
          "There is no lead yet; ./leadloom import FILE --tenant demo --source NAME brings some.");
    }
    out.flush();
    watch(out, stopped);
    return 0;
  }

  /** The clock of a folder: at a speed other than 1 it goes on from where it stood. */
  static StackClock clock(Path folder, double speed) {
    var from = speed == 1 ? Optional.<Instant>empty() : StackClocks.position(folder);
    return StackClock.startingAt(from.orElseGet(Instant::now), speed);
  }

  /** Prints a line whenever the numbers of a tenant's leads have changed. */
  private static void watch(PrintWriter out, CountDownLatch stopped) throws InterruptedException {
    var last = "";
    while (!stopped.await(2, TimeUnit.SECONDS)) {
      var now = new StringBuilder();
      for (var tenant : Wiring.bean(Tenants.class).ids()) {
        var counts = new StringBuilder();
        for (var stage : Stage.values()) {
          var n = Wiring.bean(Leads.class).countInStage(tenant, stage);
          if (n > 0) {
            counts
                .append("  ")
                .append(stage.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .append(' ')
                .append(n);
          }
        }
        if (!counts.isEmpty()) {
          now.append(tenant).append(':').append(counts).append(System.lineSeparator());
        }
      }
      if (!now.toString().equals(last)) {
        last = now.toString();
        out.print(last);
        out.flush();
      }
    }
  }
}
