package io.leadloom.cli;

import io.leadloom.audit.AuditFile;
import io.leadloom.audit.AuditTrail;
import io.leadloom.audit.ChainCheck.Verdict;
import io.leadloom.audit.Head;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Wiring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "audit",
    description = "Checks or exports the audit of a customer.",
    mixinStandardHelpOptions = true,
    subcommands = {
      AuditCommand.Verify.class,
      AuditCommand.Export.class,
      AuditCommand.ShowHead.class
    })
final class AuditCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }

  /** Whose audit, and where. */
  static final class Place {

    @Mixin private RunningStackOptions stack = new RunningStackOptions();

    @Option(names = "--tenant", paramLabel = "T", description = "the tenant")
    private @Nullable String tenant;

    AuditTrail connect() {
      stack.connect();
      return Wiring.bean(AuditTrail.class);
    }

    TenantId tenant() {
      if (tenant == null) {
        throw new CommandFailure("name the tenant with --tenant");
      }
      return TenantId.of(tenant);
    }
  }

  @Command(
      name = "verify",
      description = {
        "Recomputes the chain over an audit, and names each entry and seal that was changed,",
        "removed or inserted; it fails if there is any. That the end of the chain was cut off shows",
        "only against a head that was kept elsewhere: --head."
      },
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private Place place = new Place();

    @Option(
        names = "--head",
        paramLabel = "HEAD",
        description = "where the chain ended once, as 'audit head' printed it")
    private @Nullable String head;

    @Option(
        names = "--file",
        paramLabel = "FILE",
        description = "an export to check instead; no stack is needed")
    private @Nullable Path file;

    @Override
    public Integer call() {
      var known = Optional.ofNullable(head).map(Head::of);
      var verdict = file == null ? stored(known) : exported(file, known);
      var out = spec.commandLine().getOut();
      verdict
          .findings()
          .forEach(found -> out.printf("%s %s: %s%n", found.kind(), found.place(), found.detail()));
      out.printf(
          "%,d entries in %,d seals, %,d not sealed yet; %s%n",
          verdict.head().total(),
          verdict.head().number(),
          verdict.pending(),
          verdict.isGood()
              ? "all is as it was written"
              : "findings: %,d".formatted(verdict.findings().size()));
      out.println("head " + verdict.head());
      out.flush();
      return verdict.isGood() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private Verdict stored(Optional<Head> known) {
      var tenant = place.tenant();
      return place.connect().check(tenant, known);
    }

    private static Verdict exported(Path file, Optional<Head> known) {
      try (var lines = Files.lines(file)) {
        return AuditFile.check(lines, known);
      } catch (IOException e) {
        throw new CommandFailure("the file " + file + " cannot be read", e);
      }
    }
  }

  @Command(
      name = "export",
      description = {
        "Prints an audit as lines of JSON, with what is needed to check it elsewhere:",
        "./leadloom audit verify --file FILE"
      },
      mixinStandardHelpOptions = true)
  static final class Export implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private Place place = new Place();

    @Override
    public Integer call() {
      var tenant = place.tenant();
      var trail = place.connect();
      var out = spec.commandLine().getOut();
      trail.export(tenant, out::println);
      out.flush();
      return CommandLine.ExitCode.OK;
    }
  }

  @Command(
      name = "head",
      description = {
        "Prints where the chain over an audit ends. Keep it where nobody who can write to the",
        "table reaches it; 'audit verify --head' then sees whether the end was cut off."
      },
      mixinStandardHelpOptions = true)
  static final class ShowHead implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private Place place = new Place();

    @Override
    public Integer call() {
      var tenant = place.tenant();
      var out = spec.commandLine().getOut();
      out.println(place.connect().head(tenant));
      out.flush();
      return CommandLine.ExitCode.OK;
    }
  }
}
