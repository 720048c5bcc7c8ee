package io.leadloom.testkit;

import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** DynamoDB Local in memory, one server for the tests of a JVM. */
final class LocalDynamo {

  private static final LocalDynamo INSTANCE = new LocalDynamo();

  private final URI endpoint;
  private final DynamoDbClient client;

  private LocalDynamo() {
    try {
      System.setProperty("sqlite4java.library.path", nativeLibraryFolder());
      var port = freePort();
      var server =
          ServerRunner.createServerFromCommandLineArgs(
              new String[] {
                "-inMemory", "-sharedDb", "-disableTelemetry", "-port", Integer.toString(port)
              });
      server.start();
      endpoint = URI.create("http://127.0.0.1:" + port);
      client =
          DynamoDbClient.builder()
              .endpointOverride(endpoint)
              .region(Region.US_EAST_1)
              .credentialsProvider(
                  StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
              .httpClient(Apache5HttpClient.create())
              .build();
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local does not start", e);
    }
  }

  static URI endpoint() {
    return INSTANCE.endpoint;
  }

  /** Makes a table of the shape that {@code infra/data.yaml} gives the real one. */
  static void createTable(String name) {
    INSTANCE.client.createTable(b ->
        b.tableName(name)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(text("pk"), text("sk"), text("statusPk"), text("statusSk"))
            .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE))
            .globalSecondaryIndexes(
                GlobalSecondaryIndex.builder()
                    .indexName("byStatus")
                    .keySchema(key("statusPk", KeyType.HASH), key("statusSk", KeyType.RANGE))
                    .projection(p -> p.projectionType(ProjectionType.ALL))
                    .build()));
  }

  static void deleteTable(String name) {
    INSTANCE.client.deleteTable(b -> b.tableName(name));
  }

  /** Everything in a table. */
  static List<Map<String, AttributeValue>> items(String table) {
    return INSTANCE
        .client
        .scanPaginator(b -> b.tableName(table).consistentRead(true))
        .items()
        .stream()
        .toList();
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  /** SQLite's native library arrives as a sibling artifact on the class path. */
  private static String nativeLibraryFolder() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.contains("libsqlite4java") && !entry.endsWith(".jar"))
        .findFirst()
        .map(entry -> new File(entry).getParent())
        .orElseGet(LocalDynamo::besideTheJar);
  }

  private static String besideTheJar() {
    var os = System.getProperty("os.name").startsWith("Mac") ? "osx" : "linux-amd64";
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.contains("sqlite4java"))
        .map(entry -> new File(entry).getParentFile().getParentFile().getParentFile())
        .map(folder -> new File(folder, "libsqlite4java-" + os + File.separator + "1.0.392"))
        .filter(File::isDirectory)
        .findFirst()
        .map(File::getPath)
        .orElse(".");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
