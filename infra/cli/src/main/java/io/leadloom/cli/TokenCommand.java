package io.leadloom.cli;

import io.leadloom.model.Role;
import io.leadloom.model.TenantId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "token",
    description = {
      "Prints a token for a running stack's API, and nothing else; it lasts a day:",
      "curl -H \"Authorization: Bearer $(./leadloom token --tenant demo)\" localhost:8080/v1/leads"
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class TokenCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RunningStackOptions stack = new RunningStackOptions();

  @Option(names = "--tenant", paramLabel = "T", required = true, description = "the tenant")
  private String tenant = "";

  @Option(
      names = "--role",
      paramLabel = "R",
      description = "what its holder may do: ${COMPLETION-CANDIDATES}")
  private Role role = Role.OWNER;

  @Override
  public Integer call() {
    var issuer = stack.connect().issuer();
    var out = spec.commandLine().getOut();
    out.println(LocalTokens.of(issuer, TenantId.of(tenant), role));
    out.flush();
    return 0;
  }
}
