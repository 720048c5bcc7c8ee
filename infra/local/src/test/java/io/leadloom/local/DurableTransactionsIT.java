package io.leadloom.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of transactions when the process is killed right after their answer. */
class DurableTransactionsIT {

  private static final String API = "DynamoDB_20120810.";

  @TempDir Path folder;

  @Test
  void aTransactionIsInTheFileWhenItIsAnswered() throws IOException {
    var file = folder.resolve("running");
    try (var http = new HttpCaller();
        var running = DynamoServer.start(file, http, new OpenGate())) {
      running.client().call(API + "CreateTable", table());
      for (var n = 0; n < 5; n++) {
        running.client().call(API + "TransactWriteItems", transaction("item-" + n));
        var left = copy(file, folder.resolve("left-" + n));
        try (var restarted = DynamoServer.start(left, http, new OpenGate())) {
          assertThat(restarted.client().call(API + "GetItem", get("item-" + n)).has("Item"))
              .as("transaction %d after a kill", n)
              .isTrue();
        }
      }
    }
  }

  private static Path copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.list(from)) {
      for (var file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName().toString()));
      }
    }
    return to;
  }

  private static JsonNode table() {
    return Json.parse(
        """
        {"TableName": "table", "BillingMode": "PAY_PER_REQUEST",
         "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
         "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}]}
        """
            .getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode transaction(String pk) {
    var request = Json.object();
    var put = request.putArray("TransactItems").addObject().putObject("Put");
    put.put("TableName", "table").putObject("Item").putObject("pk").put("S", pk);
    return request;
  }

  private static JsonNode get(String pk) {
    var request = Json.object().put("TableName", "table").put("ConsistentRead", true);
    request.putObject("Key").putObject("pk").put("S", pk);
    return request;
  }

  /** Lets everything in. */
  private static final class OpenGate implements DynamoGate {

    @Override
    public void admit(String target, byte[] body) {}

    @Override
    public Optional<JsonNode> answer(String action, byte[] body) {
      return Optional.empty();
    }

    @Override
    public Passage enter(String action, byte[] body) {
      return () -> {};
    }
  }
}
