package io.leadloom.cli;

import io.leadloom.model.Role;
import io.leadloom.model.Tenant;
import io.leadloom.model.TenantId;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "import",
    description = {
      "Feeds a file of permits, CSV or JSON in any encoding, to a running stack.",
      "Rows that cannot be read are reported by line and reason; a second import changes nothing.",
      "Killed in the middle, the same command goes on where it was."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class ImportCommand implements Callable<Integer> {

  private static final int SHOWN = 20;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RunningStackOptions stackOptions = new RunningStackOptions();

  @Parameters(paramLabel = "FILE", description = "the file")
  private String file = "";

  @Option(
      names = "--tenant",
      paramLabel = "T",
      required = true,
      description = "whose leads they become; a new tenant is made")
  private String tenant = "";

  @Option(
      names = "--source",
      paramLabel = "NAME",
      required = true,
      description = "what the records come from, such as austin-permits")
  private String source = "";

  @Option(names = "--pack", paramLabel = "NAME", description = "the trade of a new tenant")
  private String pack = "fire-safety";

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    var stack = stackOptions.connect();
    var id = TenantId.of(tenant);
    var rows = SourceFile.open(file);
    if (LocalTenants.ensure(id, pack, Tenant.Mode.CO_PILOT)) {
      out.printf("Made the tenant %s with the pack %s%n", id, pack);
    }
    var progress = new ProgressBar(out);
    var api =
        new ImportApi(
            stack.api(), () -> LocalTokens.of(stack.issuer(), id, Role.MEMBER), StackTime.WALL);
    var feed = new RowFeed(api, StackTime.WALL);
    var imported =
        feed.feed(
            source, rows, done -> progress.show("rows", done, rows.rows().size(), Instant.now()));
    progress.done();
    var account = imported.accounting();
    out.printf(
        "%,d rows: %,d leads, %,d joined one, %,d set aside; %,d of them new%n",
        account.rows(),
        account.leads(),
        account.joined(),
        account.rows() - account.leads() - account.joined(),
        imported.fresh());
    for (Map.Entry<String, Integer> reason : account.setAside().entrySet()) {
      out.printf("  %,6d  %s%n", reason.getValue(), reason.getKey());
    }
    feed.refused(imported, SHOWN)
        .forEach(bad -> out.printf("line %d: %s %s%n", bad.line(), bad.reason(), bad.detail()));
    if (imported.refused() > SHOWN) {
      out.printf("and %,d more lines%n", imported.refused() - SHOWN);
    }
    out.flush();
    return 0;
  }
}
