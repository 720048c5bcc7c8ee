package io.leadloom.cli;

import io.leadloom.access.TokenClaimsHandler;
import io.leadloom.clock.StackClock;
import io.leadloom.identity.IssuerKeys;
import io.leadloom.identity.LocalIssuer;
import io.leadloom.local.Stack;
import io.leadloom.local.StackOptions;
import io.leadloom.platform.Sessions;
import io.leadloom.platform.Wiring;
import io.leadloom.simulators.SimulatorOptions;
import io.leadloom.simulators.Simulators;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The product on one machine: the stack of its template, and simulators in place of third parties.
 */
public final class LocalLeadloom implements AutoCloseable {

  private final FileLock lock;
  private final StackClock clock;
  private final Simulators simulators;
  private final LocalIssuer issuer;
  private final Stack stack;

  private LocalLeadloom(
      FileLock lock, StackClock clock, Simulators simulators, LocalIssuer issuer, Stack stack) {
    this.lock = lock;
    this.clock = clock;
    this.simulators = simulators;
    this.issuer = issuer;
    this.stack = stack;
  }

  /**
   * Starts everything on a folder, going on from what it holds. The clock is held until all of it
   * is up.
   *
   * @param port of the HTTP API, 0 for any free one
   * @param awsPort of the AWS services, 0 for any free one
   */
  public static LocalLeadloom start(Path data, int port, int awsPort, StackClock clock, long seed) {
    // A fast clock that ran on while this starts would leave hours behind.
    try (var starting = clock.hold()) {
      var lock = lock(data);
      var api = URI.create("http://localhost:" + (port == 0 ? usualPort(data) : port));
      requireFree(api.getPort(), "--port");
      var aws = URI.create("http://127.0.0.1:" + (awsPort == 0 ? freePort() : awsPort));
      requireFree(aws.getPort(), "--aws-port");
      Map<String, String> variables = new HashMap<>();
      var simulators = Simulators.start(new SimulatorOptions(data, 0, clock, seed, api, aws));
      var issuer = issuer(data, clock);
      var stack =
          Stack.start(
              new StackOptions(
                  Home.folder().resolve("template.yaml"),
                  data,
                  api.getPort(),
                  aws.getPort(),
                  clock,
                  Map.of(
                      "PublicUrl",
                      api.toString(),
                      "ProviderOverrideUrl",
                      simulators.baseUrl().toString(),
                      "TokenIssuer",
                      issuer.uri().toString(),
                      "TokenClient",
                      LocalIssuer.CLIENT,
                      "SesUrl",
                      simulators.baseUrl() + "/ses",
                      // As if it were set up in the account; see the operations guide.
                      "MailConfigurationSet",
                      "leadloom",
                      // So that a program on this machine can be told what happens.
                      "WebhookTargets",
                      "local",
                      // DynamoDB Local takes any credentials for good.
                      "NarrowCredentials",
                      "false"),
                  (names, time) -> {
                    variables.putAll(names);
                    Wiring.start(names, time);
                  }));
      new RunningStack(api, stack.awsUrl(), variables).announce(data);
      return new LocalLeadloom(lock, clock, simulators, issuer, stack);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Address of the HTTP API and the console. */
  public URI api() {
    return stack.apiUrl();
  }

  /** Where people sign in. */
  public URI issuer() {
    return issuer.uri();
  }

  /** Address of the AWS services. */
  public URI aws() {
    return stack.awsUrl();
  }

  StackClock clock() {
    return clock;
  }

  Simulators simulators() {
    return simulators;
  }

  /**
   * Makes things go wrong from now on.
   *
   * @param plan as the option {@code --faults} takes it; an empty text ends all faults
   */
  void faults(String plan) {
    try {
      var parts = FaultPlan.of(plan);
      stack.faults(parts.ofStack());
      simulators.disturbWebhooks(parts.webhooksTwice(), parts.webhooksLate());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--faults: " + e.getMessage(), e);
    }
  }

  /** How many requests to the stack each of the faults has struck. */
  SortedMap<String, Long> faultsStruck() {
    return stack.faultsStruck();
  }

  /** Whether nothing happens until the clock moves on or somebody does something. */
  public boolean idle() {
    return stack.idle() && simulators.idle();
  }

  @Override
  public void close() {
    stack.close();
    simulators.close();
    issuer.close();
    clock.close();
    try {
      lock.channel().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileLock lock(Path data) {
    try {
      Files.createDirectories(data);
      var channel =
          FileChannel.open(
              data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      var lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        throw inUse(data);
      }
      return lock;
    } catch (OverlappingFileLockException e) {
      throw inUse(data);
    } catch (IOException e) {
      throw new CommandFailure(
          "the folder "
              + data
              + " cannot be used ("
              + e.getMessage()
              + "); name another with --data",
          e);
    }
  }

  private static CommandFailure inUse(Path data) {
    return new CommandFailure(
        "another leadloom works on the folder " + data + "; stop it, or name another with --data");
  }

  private static void requireFree(int port, String option) {
    if (!isFree(port)) {
      throw new CommandFailure("port " + port + " is taken; name another with " + option);
    }
  }

  /**
   * The port of the last run on the folder, which the links it sent out name; else any free one.
   */
  private static int usualPort(Path data) {
    return RunningStack.last(data)
        .map(stack -> stack.api().getPort())
        .filter(LocalLeadloom::isFree)
        .orElseGet(LocalLeadloom::freePort);
  }

  /** Under the address of the last run, since its tokens name it. */
  private static LocalIssuer issuer(Path data, StackClock clock) {
    var port =
        RunningStack.last(data)
            .map(stack -> stack.variables().get("TOKEN_ISSUER"))
            .map(address -> URI.create(address).getPort())
            .filter(LocalLeadloom::isFree)
            .orElseGet(LocalLeadloom::freePort);
    return LocalIssuer.start(
        port,
        clock,
        () -> IssuerKeys.of(Wiring.bean(SecretsManagerClient.class)),
        () -> Wiring.bean(Sessions.class),
        event -> new TokenClaimsHandler().withClaims(event));
  }

  /** Below the ports that systems hand out themselves, so that it is likely to be free again. */
  private static int freePort() {
    return new Random()
        .ints(20_000, 30_000)
        .filter(LocalLeadloom::isFree)
        .findFirst()
        .orElseThrow();
  }

  private static boolean isFree(int port) {
    try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return probe.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
