package io.leadloom.drafting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.model.Cost;
import io.leadloom.model.Draft;
import io.leadloom.model.DraftId;
import io.leadloom.model.fault.PermanentException;
import io.leadloom.platform.Drafts;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Tenants;
import io.leadloom.simulators.SimulatedCredentials;
import io.leadloom.testkit.Crashes;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import io.leadloom.testkit.ThirdParties;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drafting by models, on simulated vendors. */
class ModelDraftingTest {

  private static final String EVENT = "drafting/draft-message--first-touch";

  @RegisterExtension final Platform platform = new Platform();
  private ThirdParties thirdParties;

  @BeforeEach
  void models() {
    thirdParties = platform.withThirdParties();
    platform.setting("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", thirdParties.baseUrl() + "/bedrock");
    platform.setting("DRAFTING_MODEL_ID", "model-1");
    platform.credentials(
        Samples.TENANT, SimulatedCredentials.toJsonWithModels(Samples.TENANT.value()));
    platform.bean(Tenants.class).create(Samples.tenant());
    platform.raise(Samples.enrichedLead());
    platform.bean(Leads.class).put(Samples.TENANT, Samples.lead().id(), Briefs.research());
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
    var asked = thirdParties.journal().size();
    assertThat(drafted()).isEqualTo(first);
    assertThat(thirdParties.journal()).hasSize(asked);
    assertThat(costs()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"invented-fact", "placeholder"})
  void aBadTextIsWrittenAnew(String misbehaviour) {
    platform.setting("DRAFTING_MODEL", "anthropic");
    fault("anthropic", 1, Map.of("draft", misbehaviour));
    assertThat(drafted().author()).isEqualTo("model:model-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"invented-fact", "placeholder", "refusal", "truncated"})
  void afterTwoBadTextsATemplateWrites(String misbehaviour) {
    platform.setting("DRAFTING_MODEL", "anthropic");
    fault("anthropic", 2, Map.of("draft", misbehaviour));
    var draft = drafted();
    assertThat(draft.author()).startsWith("template:");
    assertThat(draft.body()).doesNotContain("Vandelay").doesNotContain("{{");
    assertThat(costs()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 429, 500, 529})
  void whereTheVendorFailsATemplateWrites(int status) {
    platform.setting("DRAFTING_MODEL", "anthropic");
    fault("anthropic", 9, Map.of("status", status, "body", Map.of()));
    assertThat(drafted().author()).startsWith("template:");
    assertThat(costs()).isEmpty();
  }

  @Test
  void anAnswerThatBreaksOffLeavesItToATemplate() {
    platform.setting("DRAFTING_MODEL", "openai");
    fault("openai", 9, Map.of("drop", true));
    assertThat(drafted().author()).startsWith("template:");
  }

  @Test
  void aBedrockThatIsBusyLeavesItToATemplate() {
    platform.setting("DRAFTING_MODEL", "bedrock");
    fault("bedrock", 99, Map.of("status", 400, "body", Map.of()));
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

  @ParameterizedTest
  @ValueSource(strings = {"anthropic", "openai", "bedrock"})
  void aCrashAnywhereChangesNothing(String vendor) {
    Crashes.on(platform)
        .everywhere(
            () -> {
              models();
              platform.setting("DRAFTING_MODEL", vendor);
            },
            () -> Events.send(new DraftMessageHandler(), EVENT));
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

  private void fault(String vendor, int times, Map<String, Object> how) {
    var fault = new HashMap<>(how);
    fault.put("provider", vendor);
    fault.put("times", times);
    thirdParties.fault(fault);
  }
}
