package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.ConfigFactory;
import io.leadloom.local.template.Names;
import io.leadloom.local.template.QueueResource;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.elasticmq.server.ElasticMQServer;
import org.elasticmq.server.config.ElasticMQServerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Function0;

/** ElasticMQ, on disk, in this JVM. */
final class SqsServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SqsServer.class);
  private static final String API = "AmazonSQS.";

  private final Function0<?> stop;
  private final JsonService client;
  private final URI awsUrl;

  private SqsServer(Function0<?> stop, JsonService client, URI awsUrl) {
    this.stop = stop;
    this.client = client;
    this.awsUrl = awsUrl;
  }

  /**
   * @param awsUrl the edge, to which all queue URLs point
   */
  static SqsServer start(Path folder, URI awsUrl, HttpCaller http) {
    try {
      Files.createDirectories(folder);
      var port = freePort();
      // WRITE_DELAY=0: otherwise a killed process loses messages that it acknowledged.
      var database = "jdbc:h2:" + folder.toAbsolutePath().resolve("queues") + ";WRITE_DELAY=0";
      var settings =
          Map.ofEntries(
              Map.entry("node-address.host", awsUrl.getHost()),
              Map.entry("node-address.port", awsUrl.getPort()),
              Map.entry("rest-sqs.bind-hostname", "127.0.0.1"),
              Map.entry("rest-sqs.bind-port", port),
              Map.entry("aws.region", Names.LOCAL.region()),
              Map.entry("aws.accountId", Names.LOCAL.accountId()),
              Map.entry("messages-storage.enabled", true),
              Map.entry("messages-storage.uri", database),
              Map.entry("messages-storage.username", "sa"),
              Map.entry("pekko.loglevel", "WARNING"));
      var loader = SqsServer.class.getClassLoader();
      var config =
          ConfigFactory.parseMap(settings).withFallback(ConfigFactory.load(loader)).resolve();
      var stop = new ElasticMQServer(new ElasticMQServerConfig(config)).start();
      var url = URI.create("http://127.0.0.1:" + port + "/");
      return new SqsServer(stop, new JsonService(http, url, "sqs", "1.0"), awsUrl);
    } catch (IOException e) {
      throw new StackException("The queues cannot be kept in " + folder, e);
    }
  }

  JsonService client() {
    return client;
  }

  /**
   * @throws AwsException when the service refuses
   */
  JsonNode call(String action, JsonNode request) {
    return client.call(API + action, request);
  }

  String queueUrl(String name) {
    return awsUrl + "/" + Names.LOCAL.accountId() + "/" + name;
  }

  /** Makes the queues that are missing, and gives all the attributes of the template. */
  void create(List<QueueResource> queues) {
    // Dead-letter queues first: a queue that names one is refused otherwise.
    var ordered =
        queues.stream()
            .sorted(Comparator.comparing(queue -> queue.attributes().containsKey("RedrivePolicy")))
            .toList();
    for (var queue : ordered) {
      var request = Json.object().put("QueueName", queue.name());
      var attributes = request.putObject("Attributes");
      queue.attributes().forEach(attributes::put);
      if (exists(queue.name())) {
        attributes.remove("FifoQueue");
        if (!attributes.isEmpty()) {
          var change = Json.object().put("QueueUrl", queueUrl(queue.name()));
          change.set("Attributes", attributes);
          call("SetQueueAttributes", change);
        }
      } else {
        call("CreateQueue", request);
      }
    }
  }

  private boolean exists(String name) {
    try {
      call("GetQueueUrl", Json.object().put("QueueName", name));
      return true;
    } catch (AwsException e) {
      LOG.debug("The queue {} is new: {}", name, e.type());
      return false;
    }
  }

  @Override
  public void close() {
    stop.apply();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
