package io.leadloom.local;

import com.amazonaws.services.dynamodbv2.local.monitoring.Telemetry;
import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.local.template.TableResource;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** DynamoDB Local, on disk, in this JVM. */
final class DynamoServer implements AutoCloseable {

  private static final String API = "DynamoDB_20120810.";

  private final DynamoDBProxyServer server;
  private final URI url;
  private final JsonService client;

  private DynamoServer(DynamoDBProxyServer server, URI url, JsonService client) {
    this.server = server;
    this.url = url;
    this.client = client;
  }

  static DynamoServer start(Path folder, HttpCaller http, DynamoGate gate) {
    System.setProperty("sqlite4java.library.path", nativeLibraryFolder());
    try {
      Files.createDirectories(folder);
      var port = freePort();
      // Otherwise it tells its maker of each start.
      Telemetry.configureTelemetry("", "", false);
      var tables = new LocalDynamoDBRequestHandler(0, false, folder.toString(), true, false);
      var server = new DynamoDBProxyServer(port, new GatedDynamoHandler(tables, gate));
      server.safeStart();
      var url = URI.create("http://127.0.0.1:" + port + "/");
      return new DynamoServer(server, url, new JsonService(http, url, "dynamodb", "1.0"));
    } catch (Exception e) {
      throw new StackException(
          "DynamoDB Local does not start on "
              + folder
              + ": "
              + e.getMessage()
              + ". See that no other stack uses the folder",
          e);
    }
  }

  /** Where it listens. */
  URI url() {
    return url;
  }

  JsonService client() {
    return client;
  }

  /** Makes a table unless it is there. */
  void create(TableResource table) {
    var name = Json.object().put("TableName", table.name());
    try {
      client.call(API + "DescribeTable", name);
    } catch (AwsException e) {
      if (!e.type().equals("ResourceNotFoundException")) {
        throw e;
      }
      client.call(API + "CreateTable", table.createTable());
    }
    if (table.ttlAttribute().isPresent()) {
      enableTimeToLive(name, table.ttlAttribute().get());
    }
  }

  private void enableTimeToLive(JsonNode tableName, String attribute) {
    var status =
        client
            .call(API + "DescribeTimeToLive", tableName)
            .at("/TimeToLiveDescription/TimeToLiveStatus")
            .asText();
    if (!status.equals("ENABLED")) {
      var request = Json.object();
      request.setAll((ObjectNode) tableName);
      request
          .putObject("TimeToLiveSpecification")
          .put("AttributeName", attribute)
          .put("Enabled", true);
      client.call(API + "UpdateTimeToLive", request);
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new StackException("DynamoDB Local does not stop: " + e.getMessage(), e);
    }
  }

  /**
   * Where SQLite's native library lies: it is an artifact of its own, on the class path in some
   * builds, and always beside the jar in the Maven repository.
   */
  private static String nativeLibraryFolder() {
    var library = "libsqlite4java-" + platform();
    return Stream.concat(
            onClassPath(library).map(file -> Optional.ofNullable(file.getParentFile())),
            onClassPath("sqlite4java-").map(jar -> besideInRepository(jar, library)))
        .flatMap(Optional::stream)
        .findFirst()
        .map(File::getPath)
        .orElseThrow(() ->
            new StackException(
                "DynamoDB Local needs the native library "
                    + library
                    + ", which is neither on the class path nor in the Maven repository beside"
                    + " sqlite4java. Build once with Maven, which fetches it",
                null));
  }

  private static Stream<File> onClassPath(String prefix) {
    return List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
        .map(File::new)
        .filter(file -> file.getName().startsWith(prefix));
  }

  private static Optional<File> besideInRepository(File jar, String library) {
    var version = jar.getAbsoluteFile().getParentFile();
    var group = version.getParentFile().getParentFile();
    var files = new File(new File(group, library), version.getName()).listFiles();
    return files == null || files.length == 0
        ? Optional.empty()
        : Optional.of(files[0].getParentFile());
  }

  private static String platform() {
    var os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return os.startsWith("mac") ? "osx" : "linux-amd64";
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
