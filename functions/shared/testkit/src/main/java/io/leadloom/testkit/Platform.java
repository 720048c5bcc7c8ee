package io.leadloom.testkit;

import io.leadloom.model.TenantId;
import io.leadloom.platform.Secrets;
import io.leadloom.platform.Wiring;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
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

  @Override
  public void beforeEach(ExtensionContext context) {
    clock = new TestClock();
    aws = new RecordingAws();
    var table = "t-" + UUID.randomUUID();
    LocalDynamo.createTable(table);
    variables = new HashMap<>();
    variables.put("TABLE_NAME", table);
    variables.put("PUBLIC_URL", "https://app.leadloom.example");
    variables.put(
        "LIFECYCLE_ARN", "arn:aws:states:us-east-1:000000000000:stateMachine:lead-lifecycle");
    variables.put("WEBHOOK_QUEUE_URL", aws.endpoint() + "/000000000000/webhooks");
    variables.put("LINK_KEY_SECRET", "leadloom/link-key");
    variables.put("AWS_REGION", "us-east-1");
    variables.put("AWS_ACCESS_KEY_ID", "test");
    variables.put("AWS_SECRET_ACCESS_KEY", "test");
    variables.put("AWS_ENDPOINT_URL", aws.endpoint().toString());
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", LocalDynamo.endpoint().toString());
    aws.secret("leadloom/link-key", "a key only tests know");
    Wiring.start(variables, clock);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    aws.close();
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
