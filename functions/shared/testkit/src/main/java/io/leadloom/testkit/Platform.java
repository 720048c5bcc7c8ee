package io.leadloom.testkit;

import io.leadloom.model.Lead;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Permits;
import io.leadloom.platform.Secrets;
import io.leadloom.platform.Wiring;
import io.leadloom.simulators.SimulatedCredentials;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives each test a wired platform: an empty table in DynamoDB Local, recording AWS services and a
 * clock that stands still. Use it with {@code @RegisterExtension}.
 */
public final class Platform implements BeforeEachCallback, AfterEachCallback {

  private TestClock clock = new TestClock();
  private RecordingAws aws = new RecordingAws();
  private Map<String, String> variables = new HashMap<>();
  private @Nullable ThirdParties thirdParties;

  @Override
  public void beforeEach(ExtensionContext context) {
    begin();
  }

  /** Gives an empty platform. */
  private void begin() {
    Lifetime.unbroken();
    clock = new TestClock();
    aws = new RecordingAws();
    var table = "t-" + UUID.randomUUID();
    LocalDynamo.createTable(table);
    variables = new HashMap<>();
    variables.put("TABLE_NAME", table);
    variables.put("PUBLIC_URL", "https://app.leadloom.example");
    variables.put(
        "LIFECYCLE_ARN", "arn:aws:states:us-east-1:000000000000:stateMachine:lead-lifecycle");
    variables.put(
        "SOURCE_SCAN_ARN", "arn:aws:states:us-east-1:000000000000:stateMachine:source-scan");
    variables.put("WEBHOOK_QUEUE_URL", aws.endpoint() + "/000000000000/webhooks");
    variables.put("IMPORT_QUEUE_URL", aws.endpoint() + "/000000000000/imports");
    variables.put("LINK_KEY_SECRET", "leadloom/link-key");
    variables.put(
        "WEBHOOK_DELIVERY_ARN",
        "arn:aws:states:us-east-1:000000000000:stateMachine:webhook-delivery");
    variables.put("WEBHOOK_KEY_SECRET", "leadloom/webhook-key");
    variables.put("AWS_REGION", "us-east-1");
    variables.put("AWS_ACCESS_KEY_ID", "test");
    variables.put("AWS_SECRET_ACCESS_KEY", "test");
    variables.put("AWS_ENDPOINT_URL", aws.endpoint().toString());
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", LocalDynamo.endpoint().toString());
    aws.secret("leadloom/link-key", "a key only tests know");
    aws.secret("leadloom/webhook-key", "another key only tests know");
    Wiring.start(variables, clock);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    end();
  }

  private void end() {
    Lifetime.unbroken();
    aws.close();
    LocalDynamo.deleteTable(table());
    if (thirdParties != null) {
      thirdParties.close();
      thirdParties = null;
    }
  }

  /** Gives an empty platform in place of the one that was used. */
  void renew() {
    end();
    begin();
  }

  /** Does what a new process does: wires everything anew, on the table and the clock that are. */
  void restart() {
    Wiring.start(variables, clock);
  }

  /** The name of the table. */
  String table() {
    return Objects.requireNonNull(variables.get("TABLE_NAME"));
  }

  /** A bean of the platform, or of the group under test. */
  public <T> T bean(Class<T> type) {
    return Wiring.bean(type);
  }

  /** The clock of everything under test. */
  public TestClock clock() {
    return clock;
  }

  /** The AWS services beside DynamoDB. */
  public RecordingAws aws() {
    return aws;
  }

  /** Sends all calls to third parties to simulators, wiring everything anew; call it first. */
  public void providersAt(URI base) {
    setting("PROVIDER_OVERRIDE_URL", base.toString());
  }

  /** Raises a lead, as the import of a row does. */
  public void raise(Lead lead) {
    bean(Permits.class).raise(lead.tenant(), Samples.rowRaising(lead), lead, Samples.signal());
  }

  /** Starts simulated third parties and sends all calls there; call it first. */
  public ThirdParties withThirdParties() {
    var started = new ThirdParties();
    thirdParties = started;
    setting("AWS_ENDPOINT_URL_SESV2", started.baseUrl() + "/ses");
    providersAt(started.baseUrl());
    credentials(Samples.TENANT, SimulatedCredentials.of(Samples.TENANT.value()).toJson());
    return started;
  }

  /** The third parties, where the test has any. */
  Optional<ThirdParties> thirdParties() {
    return Optional.ofNullable(thirdParties);
  }

  /** Sets a variable of the template, wiring everything anew; call it first. */
  public void setting(String name, String value) {
    variables.put(name, value);
    Wiring.start(variables, clock);
  }

  /** Gives a tenant its providers' credentials, as a JSON object with a member per provider. */
  public void credentials(TenantId tenant, String json) {
    aws.secret(Secrets.nameFor(tenant), json);
  }
}
