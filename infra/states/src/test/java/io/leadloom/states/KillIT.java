package io.leadloom.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process killed at any moment loses nothing that it said was done. */
final class KillIT {

  private static final int KILLS = 8;

  /** A thousand executions make some 6,000 calls, so the last kills come while many still run. */
  private static final int CALLS_BETWEEN_KILLS = 1_200;

  /** The least that the note of one call takes. */
  private static final int RECEIPT_BYTES = 39;

  @TempDir Path folder;

  @Test
  void everyExecutionEndsWhenTheProcessIsKilledAtRandom() throws IOException, InterruptedException {
    var random = new Random(7);
    for (int kill = 0; kill < KILLS; kill++) {
      var before = receipts();
      var process = fork();
      awaitProgress(process, before + random.nextInt(CALLS_BETWEEN_KILLS));
      process.destroyForcibly();
      process.waitFor();
    }
    if (!Files.exists(folder.resolve("finished"))) {
      var last = fork();
      assertThat(last.waitFor(120, TimeUnit.SECONDS)).as("the last process ends").isTrue();
      assertThat(last.exitValue()).isZero();
    }
    assertNothingIsLost();
  }

  /** Lets a process work until the outside world was called so often, or it is done. */
  private void awaitProgress(Process process, long calls) throws IOException {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (process.isAlive() && receipts() <= calls && System.nanoTime() < deadline) {
      LockSupport.parkNanos(200_000);
    }
  }

  /** How often the outside world was called. */
  private long receipts() throws IOException {
    var file = folder.resolve("receipts");
    return Files.exists(file) ? Files.size(file) / RECEIPT_BYTES : 0;
  }

  private Process fork() throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new ProcessBuilder(
            java.toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            KilledProcess.class.getName(),
            folder.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  private void assertNothingIsLost() throws IOException {
    var receipts = new TreeSet<String>();
    Files.readAllLines(folder.resolve("receipts")).forEach(r -> receipts.add(r.split(" ")[0]));
    assertThat(new TreeSet<>(Files.readAllLines(folder.resolve("acknowledged"))))
        .hasSize(KilledProcess.EXECUTIONS);
    var undisturbed = undisturbed();
    try (var process = new KilledProcess(folder)) {
      process.service().start();
      for (int i = 0; i < KilledProcess.EXECUTIONS; i++) {
        var arn = "arn:aws:states:us-east-1:000000000000:execution:lifecycle:lead-" + i;
        var request = Json.object().put("executionArn", arn);
        var end = process.service().call("DescribeExecution", request);
        assertThat(end.path("status").asText()).as(arn).isEqualTo("SUCCEEDED");
        var events =
            process
                .service()
                .call("GetExecutionHistory", request.deepCopy().put("maxResults", 1000))
                .path("events");
        assertUnbroken(arn, events, undisturbed);
        assertThat(receipts).containsAll(receiptsIn(events));
      }
    }
  }

  /** The types of the events of a run that nobody killed. */
  private static List<String> undisturbed() {
    try (var engine = new EngineFixture()) {
      engine.on("lambda:invoke", arguments -> Json.object().put("receipt", "1"));
      engine.on(
          "sqs:sendMessage",
          arguments -> {
            var answer = Json.object().set("taskToken", arguments.path("token"));
            engine.clock.schedule(
                engine.clock.instant().plusSeconds(30),
                () ->
                    engine.call(
                        "SendTaskSuccess", answer.<ObjectNode>deepCopy().put("output", "{}")));
            return Json.object();
          });
      var end = engine.run(KilledProcess.MACHINE, "{'id': 1}");
      return engine.events(end.path("executionArn").asText()).stream().sorted().toList();
    }
  }

  private static void assertUnbroken(String arn, JsonNode events, List<String> undisturbed) {
    List<String> types = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).path("id").intValue()).as(arn).isEqualTo(i + 1);
      types.add(events.get(i).path("type").asText());
    }
    // Each step happened once, although a call may have been made again.
    assertThat(types.stream().sorted().toList()).as(arn).isEqualTo(undisturbed);
  }

  private static List<String> receiptsIn(JsonNode events) {
    List<String> receipts = new ArrayList<>();
    for (var event : events) {
      var output = event.path("taskSucceededEventDetails").path("output").asText();
      if (output.contains("receipt")) {
        receipts.add(EngineFixture.json(output).path("receipt").asText());
      }
    }
    return receipts;
  }
}
