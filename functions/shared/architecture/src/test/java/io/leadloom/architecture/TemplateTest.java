package io.leadloom.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That template.yaml, statemachines/ and the code agree. */
class TemplateTest {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");

  static Set<Map.Entry<String, JsonNode>> functions() {
    return Repository.resources("AWS::Serverless::Function").entrySet();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void everyFunctionHasItsHandler(Map.Entry<String, JsonNode> function) {
    var handler = function.getValue().path("Handler").asText();
    assertThatCode(
            () -> {
              var type = Class.forName(handler);
              assertThat(RequestStreamHandler.class).isAssignableFrom(type);
              assertThat(type.getConstructor()).isNotNull();
            })
        .as(function.getKey())
        .doesNotThrowAnyException();
    var group = handler.split("\\.")[2];
    assertThat(function.getValue().path("CodeUri").asText())
        .isEqualTo("functions/" + group + "/target/lambda");
    assertThat(function.getKey() + "Handler")
        .isEqualTo(
            handler.substring(handler.lastIndexOf('.') + 1).replace("Handler", "FunctionHandler"));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void theCodeOfEveryFunctionIsPackaged(Map.Entry<String, JsonNode> function) {
    var code = function.getValue().path("CodeUri").asText();
    assertThat(Repository.ROOT.resolve(code.replace("target/lambda", "pom.xml")))
        .as(function.getKey())
        .content()
        .contains("<lambda.skip>false</lambda.skip>");
  }

  @ParameterizedTest
  @MethodSource("functions")
  void everyFunctionKeepsItsLogsForASetTime(Map.Entry<String, JsonNode> function) {
    var logs =
        Repository.resources("AWS::Logs::LogGroup")
            .get(function.getKey().replace("Function", "Logs"));
    assertThat(logs).as(function.getKey()).isNotNull();
    assertThat(logs.path("RetentionInDays").asInt()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void everyHandlerHasASampleEvent(Map.Entry<String, JsonNode> function) throws IOException {
    var group = function.getValue().path("Handler").asText().split("\\.")[2];
    var name = function.getKey().replace("Function", "");
    var folder = Repository.ROOT.resolve("events").resolve(group);
    assertThat(folder).exists();
    try (var files = Files.list(folder)) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .as(function.getKey())
          .anyMatch(file -> file.replace("-", "").toLowerCase().startsWith(name.toLowerCase()));
    }
  }

  @ParameterizedTest
  @MethodSource("io.leadloom.architecture.Repository#machines")
  void everyMachineIsDeployedWithAllItsSubstitutions(Path machine) throws IOException {
    var deployed =
        Repository.resources("AWS::Serverless::StateMachine").values().stream()
            .filter(m -> m.path("DefinitionUri").asText().endsWith("/" + machine.getFileName()))
            .findFirst()
            .orElseThrow(() -> new AssertionError(machine + " is not in template.yaml"));
    var used = new HashSet<String>();
    var matcher = PLACEHOLDER.matcher(Files.readString(machine));
    while (matcher.find()) {
      used.add(matcher.group(1));
    }
    assertThat(
            deployed.path("DefinitionSubstitutions").properties().stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet()))
        .isEqualTo(used);
  }

  @ParameterizedTest
  @MethodSource("io.leadloom.architecture.Repository#machines")
  void everyStateIsReachedAndEveryTaskIsBounded(Path machine) {
    var definition = Repository.json(machine);
    var states = definition.path("States");
    var reached = new HashSet<String>();
    reach(definition.path("StartAt").asText(), states, reached);
    assertThat(states.properties().stream().map(Map.Entry::getKey)).allMatch(reached::contains);
    states
        .properties()
        .forEach(e -> {
          if (e.getValue().path("Type").asText().equals("Task")) {
            assertThat(e.getValue().path("TimeoutSeconds").isMissingNode())
                .as(e.getKey())
                .isFalse();
            assertThat(e.getValue().path("Retry").size()).as(e.getKey()).isPositive();
            assertThat(e.getValue().path("Comment").asText()).as(e.getKey()).isNotBlank();
          }
        });
  }

  @ParameterizedTest
  @MethodSource("io.leadloom.architecture.Repository#machines")
  void everyFaultThatAMachineNamesExists(Path machine) {
    for (var name : Repository.json(machine).findValues("ErrorEquals")) {
      for (var error : name) {
        if (error.asText().startsWith("io.leadloom.")) {
          assertThatCode(() -> Class.forName(error.asText())).doesNotThrowAnyException();
        }
      }
    }
  }

  @Test
  void keysAreWrittenByTheKeyCodecAlone() throws IOException {
    try (var files = Files.walk(Repository.ROOT.resolve("functions"))) {
      var offenders =
          files
              .filter(f -> f.toString().endsWith(".java") && f.toString().contains("/src/main/"))
              .filter(f -> !f.endsWith("Keys.java"))
              .filter(TemplateTest::writesAKey)
              .toList();
      assertThat(offenders).isEmpty();
    }
  }

  private static boolean writesAKey(Path file) {
    try {
      return Files.readString(file)
          .matches("(?s).*\"(T#|[^\"]*#LEAD#|[^\"]*#APPROVAL|INBOX#|SUPPRESS#).*");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void reach(String name, JsonNode states, Set<String> reached) {
    if (!reached.add(name)) {
      return;
    }
    var state = states.path(name);
    assertThat(state.isMissingNode()).as("state " + name).isFalse();
    for (var next : state.findValues("Next")) {
      reach(next.asText(), states, reached);
    }
    if (state.has("Default")) {
      reach(state.path("Default").asText(), states, reached);
    }
  }
}
