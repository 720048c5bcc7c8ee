package io.leadloom.cli;

import io.leadloom.model.Plan;
import io.leadloom.model.Tenant;
import io.leadloom.model.TenantId;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "tenant",
    description = "Makes customers of a running stack.",
    mixinStandardHelpOptions = true,
    subcommands = TenantCommand.Add.class)
final class TenantCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }

  @Command(
      name = "add",
      description = {
        "Makes a tenant whose drafts wait for a person; a second time changes nothing.",
        "./leadloom token --tenant NAME lets you in."
      },
      mixinStandardHelpOptions = true,
      showDefaultValues = true)
  static final class Add implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
        paramLabel = "NAME",
        description = "its id: 1 to 80 letters, digits, hyphens and underscores")
    private String name = "";

    @Option(names = "--pack", paramLabel = "P", description = "its trade")
    private String pack = "fire-safety";

    @Option(
        names = "--plan",
        paramLabel = "P",
        description = "what it subscribes to: ignition, velocity or dominance")
    private String plan = "ignition";

    @Option(
        names = "--data",
        paramLabel = "DIR",
        description = "folder of the running stack (default: .leadloom in the checkout)")
    private @Nullable Path data;

    @Override
    public Integer call() {
      var chosen = Plan.of(plan);
      RunningStack.connect(data);
      var id = TenantId.of(name);
      var out = spec.commandLine().getOut();
      out.println(
          LocalTenants.ensure(id, pack, Tenant.Mode.CO_PILOT, "resend", chosen)
              ? "Made the tenant %s with the pack %s on the plan %s".formatted(id, pack, plan)
              : "The tenant " + id + " is there already");
      out.flush();
      return 0;
    }
  }
}
