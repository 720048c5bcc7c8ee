package io.leadloom.cli;

import io.leadloom.model.Plan;
import io.leadloom.model.Subscription;
import io.leadloom.model.Tenant;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Credits;
import io.leadloom.platform.Tenants;
import io.leadloom.platform.Wiring;
import java.nio.file.Path;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;
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
    description = "Makes customers of a running stack, and changes what they subscribed to.",
    mixinStandardHelpOptions = true,
    subcommands = {TenantCommand.Add.class, TenantCommand.Change.class})
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

  @Command(
      name = "change",
      description = {
        "Changes what a tenant subscribed to, as its operator.",
        "Work that waited for a payment or for credits goes on within a day."
      },
      mixinStandardHelpOptions = true)
  static final class Change implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

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

    @Option(
        names = "--data",
        paramLabel = "DIR",
        description = "folder of the running stack (default: .leadloom in the checkout)")
    private @Nullable Path data;

    @Override
    public Integer call() {
      RunningStack.connect(data);
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
}
