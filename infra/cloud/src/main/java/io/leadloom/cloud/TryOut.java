package io.leadloom.cloud;

import io.leadloom.cli.LocalTenants;
import io.leadloom.clock.StackClock;
import io.leadloom.local.template.Deployment;
import io.leadloom.local.template.HttpApiResource;
import io.leadloom.local.template.HttpApiResource.Route;
import io.leadloom.local.template.Names;
import io.leadloom.local.template.Template;
import io.leadloom.model.Permission;
import io.leadloom.model.Role;
import io.leadloom.model.Tenant;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Caller;
import io.leadloom.platform.Json;
import io.leadloom.platform.Wiring;
import io.leadloom.simulators.SimulatorOptions;
import io.leadloom.simulators.Simulators;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.lambda.LambdaClient;

/**
 * What a stack on LocalStack needs from outside before a lead can live there: a door in place of
 * the HTTP API, simulated third parties behind it, and a tenant.
 *
 * <p>The stack's parameter {@code PublicUrl} says on which port the door opens.
 */
final class TryOut implements AutoCloseable {

  private static final List<String> CONTRACTORS =
      List.of(
          "Alderbrook Builders LLC",
          "Copperfield Construction Inc",
          "Marlin Ridge Contractors LLC",
          "Stonebarrow Building Group");

  private final DeployedStack stack;
  private final TenantId tenant;
  private final URI url;
  private final LambdaClient lambda = LambdaClient.create();
  private final HttpClient http = HttpClient.newHttpClient();
  private final StackClock clock = StackClock.startingAt(Instant.now(), 1);
  private final Simulators simulators;
  private final Door door;

  private TryOut(DeployedStack stack, Path template, TenantId tenant, String address)
      throws IOException {
    this.stack = stack;
    this.tenant = tenant;
    this.url = URI.create(stack.parameters().getOrDefault("PublicUrl", ""));
    simulators =
        Simulators.start(
            new SimulatorOptions(
                Files.createTempDirectory("leadloom-simulators"), 0, clock, 1, url));
    var names = Template.read(template, new Deployment(Names.LOCAL, url, url, stack.parameters()));
    var logicalIds = new HashMap<String, String>();
    names.functions().forEach(function -> logicalIds.put(function.arn(), function.id()));
    door =
        new Door(
            new InetSocketAddress(address, url.getPort()),
            names.api().map(HttpApiResource::routes).orElse(List.<Route>of()),
            new Caller(tenant, "user:try-out", Role.OWNER, Set.of(Permission.values())).toContext(),
            (arn, payload) -> invoke(logicalIds.getOrDefault(arn, arn), payload),
            simulators.baseUrl());
  }

  /**
   * Makes the tenant and opens the door.
   *
   * @param environment variables of the process: those that tell the SDK where AWS is
   * @param address at which the door listens
   */
  static TryOut start(
      String stackName,
      Path template,
      TenantId tenant,
      Map<String, String> environment,
      String address)
      throws IOException {
    DeployedStack stack;
    try (var cloudFormation = CloudFormationClient.create()) {
      stack = DeployedStack.named(stackName, cloudFormation);
    }
    var variables = new HashMap<>(environment);
    variables.put("TABLE_NAME", stack.outputs().getOrDefault("TableName", ""));
    variables.put("LINK_KEY_SECRET", stack.physicalId("LinkKey"));
    variables.put("PUBLIC_URL", stack.parameters().getOrDefault("PublicUrl", ""));
    Wiring.start(variables, Clock.systemUTC());
    LocalTenants.ensure(tenant, "fire-safety", Tenant.Mode.CO_PILOT);
    return new TryOut(stack, template, tenant, address);
  }

  URI url() {
    return url;
  }

  URI simulators() {
    return simulators.baseUrl();
  }

  DeployedStack stack() {
    return stack;
  }

  /**
   * Begins to import made-up permits of yesterday, which starts an execution for each that is a
   * lead.
   */
  void importPermits() throws IOException, InterruptedException {
    var today = LocalDate.now(Clock.systemUTC());
    var rows = new ArrayList<Map<String, Object>>();
    for (var contractor : CONTRACTORS) {
      var number = rows.size() + 1;
      rows.add(
          Map.of(
              "line",
              number + 1,
              "fields",
              Map.of(
                  "PERMIT #",
                  "FA-TRY-" + number,
                  "PERMIT TYPE",
                  "Fire Alarm Permit",
                  "STATUS",
                  "Issued",
                  "PROJECT NAME",
                  "New fire alarm system, medical office " + number,
                  "ADDRESS",
                  number + "12 Alder Way",
                  "CITY",
                  "Austin",
                  "STATE",
                  "TX",
                  "ZIP",
                  "78701",
                  "DATE ISSUED",
                  today.minusDays(1).toString(),
                  "PRIMARY CONTACT",
                  contractor)));
    }
    var response =
        http.send(
            HttpRequest.newBuilder(URI.create(url + "/v1/imports"))
                .timeout(Duration.ofMinutes(1))
                .header("content-type", "application/json")
                .header("idempotency-key", "try-out-" + today)
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        Json.write(Map.of("source", "try-out", "rows", rows))))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 202) {
      throw new IllegalStateException("The import was refused: " + response.body());
    }
  }

  private byte[] invoke(String logicalId, byte[] payload) {
    var result =
        lambda.invoke(b ->
            b.functionName(stack.physicalId(logicalId)).payload(SdkBytes.fromByteArray(payload)));
    return result.payload().asByteArray();
  }

  @Override
  public void close() {
    door.close();
    simulators.close();
    clock.close();
    lambda.close();
    http.close();
  }

  /** Runs until it is stopped; {@code deploy.sh} calls it. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var home = Path.of(System.getProperty("leadloom.home", "."));
    var tryOut =
        start(
            arguments[0],
            home.resolve("template.yaml"),
            TenantId.of("demo"),
            System.getenv(),
            System.getenv().getOrDefault("LEADLOOM_BIND", "127.0.0.1"));
    Runtime.getRuntime().addShutdownHook(new Thread(tryOut::close));
    tryOut.importPermits();
    System.out.printf(
        """
        Made-up permits are being imported for the tenant demo, and their leads worked on.
          console   %1$s
          approve   %1$s/approvals
        Until Ctrl-C this process plays the third parties, and the HTTP API that LocalStack lacks.
        """,
        tryOut.url());
    Thread.currentThread().join();
  }
}
