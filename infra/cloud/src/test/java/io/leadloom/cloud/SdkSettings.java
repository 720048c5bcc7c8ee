package io.leadloom.cloud;

import java.net.URI;
import java.util.Map;

/** The SDK's own settings in this JVM. */
public final class SdkSettings implements AutoCloseable {

  private final URI endpoint;

  private SdkSettings(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** Points all clients that are built from now on at a LocalStack. */
  public static SdkSettings pointAt(URI endpoint) {
    System.setProperty("aws.endpointUrl", endpoint.toString());
    System.setProperty("aws.region", "us-east-1");
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    return new SdkSettings(endpoint);
  }

  /** The same as variables of an environment. */
  public Map<String, String> asVariables() {
    return Map.of(
        "AWS_ENDPOINT_URL", endpoint.toString(),
        "AWS_REGION", "us-east-1",
        "AWS_ACCESS_KEY_ID", "test",
        "AWS_SECRET_ACCESS_KEY", "test");
  }

  /** Leaves clients to the environment of the process again. */
  public static void clear() {
    System.clearProperty("aws.endpointUrl");
    System.clearProperty("aws.endpointUrlDynamoDb");
    System.clearProperty("aws.region");
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @Override
  public void close() {
    clear();
  }
}
