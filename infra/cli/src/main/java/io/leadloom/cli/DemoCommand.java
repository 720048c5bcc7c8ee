package io.leadloom.cli;

import io.leadloom.clock.StackClock;
import io.leadloom.model.Tenant;
import io.leadloom.platform.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    description = {
      "Runs a batch of public records to its end, with simulated third parties and prospects:",
      "records become leads, drafts, approvals, messages, replies and booked meetings.",
      "With --data the run is kept; killed in the middle, the same command goes on where it was."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class DemoCommand implements Callable<Integer> {

  private static final long ROOMY = 4L << 30;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--source",
      paramLabel = "FILE|URL",
      description =
          "records to start from: CSV or JSON, or a Socrata or CKAN dataset (default: our own sample)")
  private @Nullable String source;

  @Option(
      names = "--via",
      paramLabel = "WAY",
      description =
          "how the file is read: ${COMPLETION-CANDIDATES}; a portal is played by a simulator")
  private Via via = Via.FILE;

  @Option(names = "--pack", paramLabel = "NAME", description = "the trade")
  private String pack = "fire-safety";

  @Option(
      names = "--mail",
      paramLabel = "WHO",
      description = "who carries the messages: ${COMPLETION-CANDIDATES}")
  private Mail mail = Mail.RESEND;

  @Option(
      names = "--approve",
      paramLabel = "WHO",
      description =
          "who approves drafts: ${COMPLETION-CANDIDATES} (ask: you, in the console; time waits for you)")
  private Approve approve = Approve.AUTO;

  @Option(
      names = "--speed",
      paramLabel = "N",
      description =
          "how many times faster than the wall clock time passes while nothing is at work (default: as fast as possible)")
  private @Nullable Double speed;

  @Option(names = "--seed", paramLabel = "N", description = "decides how the prospects behave")
  private long seed = 1;

  @Option(
      names = "--as-of",
      paramLabel = "DATE",
      description =
          "the day on which the run begins (default: the day after the newest record of a file, today for a URL)")
  private @Nullable LocalDate asOf;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "where the run is kept (default: nowhere)")
  private @Nullable Path data;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "where to write the result as one JSON object")
  private @Nullable Path json;

  @Option(
      names = "--leads",
      paramLabel = "FILE",
      description = "where to write what became of each lead, as one JSON object a line")
  private @Nullable Path leads;

  @Mixin private FaultsOption faults = new FaultsOption();

  @Option(names = "--port", paramLabel = "N", description = "port of the console, 0 for any")
  private int port = 0;

  @Option(
      names = "--aws-port",
      paramLabel = "N",
      description = "port of the AWS services, 0 for any")
  private int awsPort = 0;

  @Override
  public Integer call() {
    var started = Instant.now();
    var out = spec.commandLine().getOut();
    var folder = data == null ? temporary() : data.toAbsolutePath().normalize();
    try {
      var plan = plan(folder);
      var from = StackClocks.position(folder).orElse(plan.start());
      var clock =
          StackClock.startingAt(from, speed == null ? StackClock.AS_FAST_AS_POSSIBLE : speed);
      try (var leadloom = LocalLeadloom.start(folder, port, awsPort, clock, plan.seed())) {
        leadloom.faults(faults.spec());
        out.printf("Console %s, AWS %s%n", leadloom.api(), leadloom.aws());
        out.flush();
        var result = new DemoRun(leadloom, plan, folder, out).run(started);
        FunnelReport.print(result.funnel(), out);
        if (json != null) {
          Files.write(json, Json.bytes(result.funnel()));
        }
        if (leads != null) {
          Files.write(leads, result.leads().stream().map(Json::write).toList());
        }
      }
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What is run: fixed by the first start on a folder, so that the same command goes on with it.
   */
  private DemoPlan plan(Path folder) throws IOException {
    var asked = source == null ? "sample" : source;
    var file = folder.resolve("demo.json");
    if (Files.exists(file)) {
      var kept = Json.read(Files.readString(file), DemoPlan.class);
      if (!kept.isOf(asked, via.name(), pack, mail.provider(), seed)) {
        throw new CommandFailure(
            "the folder "
                + folder
                + " holds a run of "
                + kept.describe()
                + "; name another with --data");
      }
      return kept;
    }
    var made =
        new DemoPlan(
            asked,
            via.name(),
            pack,
            mail.provider(),
            seed,
            approve == Approve.AUTO ? Tenant.Mode.AUTOPILOT : Tenant.Mode.CO_PILOT,
            start(asked));
    Files.createDirectories(folder);
    var temporary = Files.writeString(folder.resolve("demo.json.new"), Json.write(made));
    Files.move(temporary, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    return made;
  }

  private Instant start(String asked) {
    var day = asOf;
    if (day == null) {
      day =
          DemoPlan.isUrl(asked)
              ? LocalDate.now(java.time.ZoneOffset.UTC)
              : SourceFile.open(asked).newestDay(pack).plusDays(1);
    }
    // Morning in all of the Americas, so that the first working day counts.
    return day.atTime(13, 0).toInstant(java.time.ZoneOffset.UTC);
  }

  /** A run that is not kept needs no disk, where there is memory enough to spare. */
  private static Path temporary() {
    try {
      var memory = Path.of("/dev/shm");
      var folder =
          Files.isWritable(memory) && Files.getFileStore(memory).getUsableSpace() > ROOMY
              ? Files.createTempDirectory(memory, "leadloom-demo")
              : Files.createTempDirectory("leadloom-demo");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(folder)));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  enum Approve {
    AUTO,
    ASK
  }

  enum Mail {
    RESEND,
    SES;

    String provider() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  enum Via {
    FILE,
    CKAN,
    SOCRATA
  }
}
