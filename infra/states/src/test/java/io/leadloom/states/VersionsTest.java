package io.leadloom.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions, aliases and tags. */
final class VersionsTest {

  @TempDir Path folder;
  private EngineFixture engine;
  private String machine;

  @BeforeEach
  void open() {
    engine = new EngineFixture(folder.resolve("states.db"));
    machine = engine.create(answering(1));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private static String answering(int number) {
    return "{'StartAt':'A','States':{'A':{'Type':'Pass','Result':" + number + ",'End':true}}}";
  }

  private void update(int number) {
    engine.call(
        "UpdateStateMachine",
        about(machine).put("definition", answering(number).replace('\'', '"')));
  }

  private static ObjectNode about(String arn) {
    return Json.object().put("stateMachineArn", arn);
  }

  private String publish() {
    return engine
        .call("PublishStateMachineVersion", about(machine))
        .path("stateMachineVersionArn")
        .asText();
  }

  private JsonNode run(String arn) {
    return engine.awaitEnd(engine.start(arn, "{}"));
  }

  private JsonNode alias(String action, String name, String version) {
    var request = Json.object().put("name", name);
    request.put("stateMachineAliasArn", machine + ":" + name);
    request
        .putArray("routingConfiguration")
        .addObject()
        .put("stateMachineVersionArn", version)
        .put("weight", 100);
    return engine.call(action, request);
  }

  private void assertRefused(String action, ObjectNode request, String type) {
    assertThatThrownBy(() -> engine.call(action, request))
        .isInstanceOfSatisfying(StatesException.class, e -> assertThat(e.type()).isEqualTo(type));
  }

  @Test
  void aVersionStaysAsItWasPublished() {
    var first = publish();
    assertThat(first).isEqualTo(machine + ":1");
    assertThat(publish()).isEqualTo(first);
    update(2);
    assertThat(publish()).isEqualTo(machine + ":2");
    assertThat(run(first).path("output").asText()).isEqualTo("1");
    assertThat(run(machine).path("output").asText()).isEqualTo("2");
    var described = engine.call("DescribeStateMachine", about(first));
    assertThat(described.path("stateMachineArn").asText()).isEqualTo(first);
    assertThat(described.path("definition").asText()).contains(":1,");
    assertThat(engine.call("ListStateMachineVersions", about(machine)).path("stateMachineVersions"))
        .hasSize(2);
    assertThat(engine.call("ListExecutions", about(first)).path("executions")).hasSize(1);
    assertThat(engine.call("ListExecutions", about(machine)).path("executions")).hasSize(2);
  }

  @Test
  void anAliasLeadsToItsVersionAlsoAfterARestart() {
    var first = publish();
    update(2);
    var second = publish();
    alias("CreateStateMachineAlias", "live", first);
    assertThat(run(machine + ":live").path("output").asText()).isEqualTo("1");
    alias("UpdateStateMachineAlias", "live", second);
    engine.close();
    engine = new EngineFixture(folder.resolve("states.db"));
    var end = run(machine + ":live");
    assertThat(end.path("output").asText()).isEqualTo("2");
    assertThat(end.path("stateMachineArn").asText()).isEqualTo(machine);
    assertThat(end.path("stateMachineVersionArn").asText()).isEqualTo(second);
    assertThat(end.path("stateMachineAliasArn").asText()).isEqualTo(machine + ":live");
    assertThat(engine.call("ListExecutions", about(machine + ":live")).path("executions"))
        .hasSize(2);
  }

  @Test
  void aVersionInUseIsNotDeletedAndANumberIsNotGivenTwice() {
    var first = publish();
    alias("CreateStateMachineAlias", "live", first);
    var version = Json.object().put("stateMachineVersionArn", first);
    assertRefused("DeleteStateMachineVersion", version, "ConflictException");
    engine.call(
        "DeleteStateMachineAlias", Json.object().put("stateMachineAliasArn", machine + ":live"));
    engine.call("DeleteStateMachineVersion", version);
    assertRefused("StartExecution", about(first), "StateMachineDoesNotExist");
    assertThat(publish()).isEqualTo(machine + ":2");
  }

  @Test
  void whatDoesNotExistIsRefused() {
    assertRefused("StartExecution", about(machine + ":7"), "StateMachineDoesNotExist");
    assertRefused("StartExecution", about(machine + ":live"), "StateMachineDoesNotExist");
    assertRefused(
        "PublishStateMachineVersion",
        about(machine).put("revisionId", "another"),
        "ConflictException");
    assertRefused(
        "DescribeStateMachineAlias",
        Json.object().put("stateMachineAliasArn", machine + ":live"),
        "ResourceNotFound");
    assertThatThrownBy(() -> alias("CreateStateMachineAlias", "live", machine + ":7"))
        .isInstanceOfSatisfying(
            StatesException.class, e -> assertThat(e.type()).isEqualTo("ResourceNotFound"));
  }

  @Test
  void tagsComeAndGo() {
    var request = Json.object().put("resourceArn", machine);
    request.putArray("tags").addObject().put("key", "team").put("value", "one");
    engine.call("TagResource", request);
    var listed = engine.call("ListTagsForResource", request);
    assertThat(listed.at("/tags/0/value").asText()).isEqualTo("one");
    request.putArray("tagKeys").add("team");
    engine.call("UntagResource", request);
    assertThat(engine.call("ListTagsForResource", request).path("tags")).isEmpty();
  }
}
