package io.leadloom.drafting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.clock.StackClock;
import io.leadloom.model.Cost;
import io.leadloom.model.Draft;
import io.leadloom.model.DraftId;
import io.leadloom.model.fault.PermanentException;
import io.leadloom.platform.Drafts;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Permits;
import io.leadloom.platform.Tenants;
import io.leadloom.simulators.SimulatedCredentials;
import io.leadloom.simulators.SimulatorOptions;
import io.leadloom.simulators.Simulators;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import io.leadloom.testkit.TestClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drafting by models, on simulated vendors. */
class ModelDraftingTest {

  private static final String EVENT = "drafting/draft-message--first-touch";

  @RegisterExtension final Platform platform = new Platform();
  @TempDir Path folder;
  private Simulators simulators;

  @BeforeEach
  void models() {
    simulators =
        Simulators.start(
            new SimulatorOptions(
                folder,
                0,
                StackClock.startingAt(TestClock.START, 0.001),
                7,
                URI.create("http://127.0.0.1:9")));
    platform.setting("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", simulators.baseUrl() + "/bedrock");
    platform.setting("DRAFTING_MODEL_ID", "model-1");
    platform.providersAt(simulators.baseUrl());
    platform.credentials(
        Samples.TENANT, SimulatedCredentials.toJsonWithModels(Samples.TENANT.value()));
    platform.bean(Tenants.class).create(Samples.tenant());
    platform
        .bean(Permits.class)
        .raise(Samples.TENANT, Samples.row(), Samples.enrichedLead(), Samples.signal());
    platform.bean(Leads.class).put(Samples.TENANT, Samples.lead().id(), Briefs.research());
  }

  @AfterEach
  void stop() {
    simulators.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"anthropic", "openai", "bedrock"})
  void aModelWritesWhereOneIsConfigured(String vendor) {
    platform.setting("DRAFTING_MODEL", vendor);
    var draft = drafted();
    assertThat(draft.author()).isEqualTo("model:model-1");
    assertThat(draft.body()).contains("Morgan").contains("To opt out");
    assertThat(costs()).hasSize(1);
    var cost = costs().getFirst();
    assertThat(cost.provider()).isEqualTo("model");
    assertThat(cost.microUsd()).isPositive();
  }

  @Test
  void aRepeatedStepAsksNoModelAgain() {
    platform.setting("DRAFTING_MODEL", "anthropic");
    var first = drafted();
    simulators.close();
    assertThat(drafted()).isEqualTo(first);
    assertThat(costs()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"invented-fact", "placeholder"})
  void aBadTextIsWrittenAnew(String misbehaviour) throws Exception {
    platform.setting("DRAFTING_MODEL", "anthropic");
    fault("{\"provider\":\"anthropic\",\"times\":1,\"draft\":\"" + misbehaviour + "\"}");
    assertThat(drafted().author()).isEqualTo("model:model-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"invented-fact", "placeholder", "refusal", "truncated"})
  void afterTwoBadTextsATemplateWrites(String misbehaviour) throws Exception {
    platform.setting("DRAFTING_MODEL", "anthropic");
    fault("{\"provider\":\"anthropic\",\"times\":2,\"draft\":\"" + misbehaviour + "\"}");
    var draft = drafted();
    assertThat(draft.author()).startsWith("template:");
    assertThat(draft.body()).doesNotContain("Vandelay").doesNotContain("{{");
    assertThat(costs()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 429, 500, 529})
  void whereTheVendorFailsATemplateWrites(int status) throws Exception {
    platform.setting("DRAFTING_MODEL", "anthropic");
    fault("{\"provider\":\"anthropic\",\"times\":9,\"status\":" + status + ",\"body\":{}}");
    assertThat(drafted().author()).startsWith("template:");
    assertThat(costs()).isEmpty();
  }

  @Test
  void anAnswerThatBreaksOffLeavesItToATemplate() throws Exception {
    platform.setting("DRAFTING_MODEL", "openai");
    fault("{\"provider\":\"openai\",\"times\":9,\"drop\":true}");
    assertThat(drafted().author()).startsWith("template:");
  }

  @Test
  void aBedrockThatIsBusyLeavesItToATemplate() throws Exception {
    platform.setting("DRAFTING_MODEL", "bedrock");
    fault("{\"provider\":\"bedrock\",\"times\":99,\"status\":400,\"body\":{}}");
    assertThat(drafted().author()).startsWith("template:");
  }

  @Test
  void aTenantWithoutAKeyGetsTemplates() {
    platform.setting("DRAFTING_MODEL", "anthropic");
    platform.credentials(Samples.TENANT, "{}");
    assertThat(drafted().author()).startsWith("template:");
  }

  @Test
  void anUnknownVendorIsNamed() {
    platform.setting("DRAFTING_MODEL", "abacus");
    assertThatThrownBy(() -> Events.send(new DraftMessageHandler(), EVENT))
        .isInstanceOf(PermanentException.class)
        .hasMessageContaining("set it to bedrock, anthropic or openai");
  }

  private Draft drafted() {
    var answer = Events.send(new DraftMessageHandler(), EVENT);
    assertThat(answer.path("outcome").asText()).isEqualTo("DRAFTED");
    return platform
        .bean(Drafts.class)
        .get(Samples.TENANT, Samples.lead().id(), DraftId.of(answer.path("draftId").asText()));
  }

  private List<Cost> costs() {
    return platform.bean(Leads.class).story(Samples.TENANT, Samples.lead().id()).costs();
  }

  private void fault(String script) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var answer =
          client.send(
              HttpRequest.newBuilder(URI.create(simulators.baseUrl() + "/_faults"))
                  .POST(HttpRequest.BodyPublishers.ofString(script))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
    }
  }
}
