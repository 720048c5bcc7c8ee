package io.leadloom.cli;

import io.leadloom.model.fault.InvalidInputException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code leadloom}, for the parts that need Java. */
@Command(
    name = "leadloom",
    description = "From a public record to a booked meeting.",
    mixinStandardHelpOptions = true,
    version = "leadloom 0.1.0",
    subcommands = {
      UpCommand.class,
      DemoCommand.class,
      ImportCommand.class,
      BenchCommand.class,
      TenantCommand.class,
      TokenCommand.class,
      AuditCommand.class
    })
public final class Main implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  private Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(Main::explain)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(args);
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return CommandLine.ExitCode.USAGE;
  }

  /** A mistake of the user's is told in a sentence; everything else with its stack trace. */
  private static int explain(Exception e, CommandLine command, CommandLine.ParseResult result) {
    if (e instanceof CommandFailure || e instanceof InvalidInputException) {
      command.getErr().println("leadloom: " + e.getMessage());
    } else {
      var trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      command.getErr().println("leadloom: this should not have happened: " + trace);
    }
    return CommandLine.ExitCode.SOFTWARE;
  }
}
