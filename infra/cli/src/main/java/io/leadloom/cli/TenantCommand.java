package io.leadloom.cli;

import io.leadloom.model.Plan;
import io.leadloom.model.Subscription;
import io.leadloom.model.Tenant;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.ConflictException;
import io.leadloom.platform.Credits;
import io.leadloom.platform.TenantRecords;
import io.leadloom.platform.Tenants;
import io.leadloom.platform.Wiring;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "tenant",
    description = "Makes, changes, moves and removes customers of a running stack.",
    mixinStandardHelpOptions = true,
    subcommands = {
      TenantCommand.Add.class,
      TenantCommand.Change.class,
      TenantCommand.Export.class,
      TenantCommand.Import.class,
      TenantCommand.Purge.class
    })
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
    @Mixin private RunningStackOptions stack = new RunningStackOptions();

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

    @Override
    public Integer call() {
      var chosen = Plan.of(plan);
      stack.connect();
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

  @Command(
      name = "change",
      description = {
        "Changes what a tenant subscribed to, as its operator.",
        "Work that waited for a payment or for credits goes on within a day."
      },
      mixinStandardHelpOptions = true)
  static final class Change implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private RunningStackOptions stack = new RunningStackOptions();

    @Parameters(paramLabel = "NAME", description = "its id")
    private String name = "";

    @Option(
        names = "--plan",
        paramLabel = "P",
        description = "its plan: ignition, velocity or dominance")
    private @Nullable String plan;

    @Option(
        names = "--status",
        paramLabel = "S",
        description = "how it stands: ${COMPLETION-CANDIDATES}")
    private Subscription.@Nullable Status status;

    @Option(
        names = "--credits",
        paramLabel = "N",
        description = "credits to give it on top of the plan's")
    private int credits;

    @Override
    public Integer call() {
      stack.connect();
      var id = TenantId.of(name);
      var tenants = Wiring.bean(Tenants.class);
      var tenant =
          tenants.find(id).orElseThrow(() -> new CommandFailure("there is no tenant " + id));
      var subscription = tenant.subscription();
      if (plan != null) {
        subscription = subscription.changedTo(Plan.of(plan));
      }
      if (status != null) {
        subscription = subscription.as(status);
      }
      var now = Wiring.bean(Clock.class).instant();
      if (!subscription.equals(tenant.subscription())) {
        tenants.subscribe(tenant, subscription, now);
      }
      var ledger = Wiring.bean(Credits.class);
      if (credits > 0) {
        ledger.grant(id, "operator-" + UUID.randomUUID(), credits);
      }
      var month = YearMonth.from(now.atZone(ZoneOffset.UTC));
      var left = ledger.balance(id, month, subscription.plan().monthlyLeads()).left();
      var out = spec.commandLine().getOut();
      out.printf(
          "The tenant %s has the plan %s, is %s, and has %,d credits left%n",
          id,
          subscription.planId(),
          subscription.status().name().toLowerCase(Locale.ROOT).replace('_', ' '),
          left);
      out.flush();
      return 0;
    }
  }

  @Command(
      name = "export",
      description = {
        "Writes all that the table keeps of a tenant to a file, as lines of JSON.",
        "Its providers' credentials are not in it, and its executions stay where they are."
      },
      mixinStandardHelpOptions = true)
  static final class Export implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private RunningStackOptions stack = new RunningStackOptions();

    @Parameters(paramLabel = "NAME", index = "0", description = "the tenant")
    private String name = "";

    @Parameters(paramLabel = "FILE", index = "1", description = "the file to write")
    private Path file = Path.of("");

    @Override
    public Integer call() {
      var tenant = TenantId.of(name);
      stack.connect();
      try (var writer = new PrintWriter(Files.newBufferedWriter(file))) {
        var items = Wiring.bean(TenantRecords.class).export(tenant, writer::println);
        var out = spec.commandLine().getOut();
        out.printf("Wrote %,d items of the tenant %s to %s%n", items, tenant, file);
        out.flush();
        return 0;
      } catch (IOException e) {
        throw new CommandFailure("the file " + file + " cannot be written", e);
      }
    }
  }

  @Command(
      name = "import",
      description = {
        "Brings a tenant that 'tenant export' wrote; a second time brings what is missing.",
        "Where the tenant is there and differs, nothing is brought. Leads that were in mid-course",
        "stand in FAILED with the reason execution.left-behind, since executions do not move."
      },
      mixinStandardHelpOptions = true)
  static final class Import implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private RunningStackOptions stack = new RunningStackOptions();

    @Parameters(paramLabel = "FILE", description = "the file")
    private Path file = Path.of("");

    @Option(
        names = "--as",
        paramLabel = "NAME",
        description =
            "another name for it here; API keys and the links of answers then stay with the first")
    private @Nullable String as;

    @Override
    public Integer call() {
      List<String> lines;
      try {
        lines = Files.readAllLines(file);
      } catch (IOException e) {
        throw new CommandFailure("the file " + file + " cannot be read", e);
      }
      stack.connect();
      var tenant = as == null ? TenantRecords.whose(lines) : TenantId.of(as);
      var out = spec.commandLine().getOut();
      try {
        var loaded = Wiring.bean(TenantRecords.class).load(tenant, lines);
        LocalTenants.credentials(tenant);
        out.printf(
            "Brought %,d items of the tenant %s, %,d were there; %,d leads stand still%n",
            loaded.brought(), tenant, loaded.there(), loaded.still());
      } catch (ConflictException e) {
        throw new CommandFailure(e.getMessage(), e);
      }
      out.flush();
      return 0;
    }
  }

  @Command(
      name = "purge",
      description = {
        "Removes all that the table keeps of a tenant, for good, but for the hashes of addresses",
        "never to be written to, and the note that it was removed. Export it first to keep its audit."
      },
      mixinStandardHelpOptions = true)
  static final class Purge implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private RunningStackOptions stack = new RunningStackOptions();

    @Parameters(paramLabel = "NAME", description = "the tenant")
    private String name = "";

    @Option(names = "--yes", required = true, description = "that you mean it")
    private boolean yes;

    @Override
    public Integer call() {
      if (!yes) {
        throw new CommandFailure("nothing was removed; say --yes if you mean it");
      }
      var tenant = TenantId.of(name);
      stack.connect();
      var out = spec.commandLine().getOut();
      out.printf(
          "Removed %,d items of the tenant %s%n",
          Wiring.bean(TenantRecords.class).purge(tenant, "cli"), tenant);
      out.flush();
      return 0;
    }
  }
}
