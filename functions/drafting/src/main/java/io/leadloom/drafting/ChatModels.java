package io.leadloom.drafting;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.PermanentException;
import io.leadloom.platform.Providers;
import io.leadloom.platform.Secrets;
import io.leadloom.platform.Settings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/**
 * The model that writes drafts, where the settings name one: Anthropic or OpenAI with the tenant's
 * own key, or Amazon Bedrock with the function's role. A tenant without a key has no model.
 */
@Singleton
final class ChatModels {

  /** Two tries of a writer stay within the minute that a step has. */
  private static final Duration TIMEOUT = Duration.ofSeconds(25);

  private static final int MAX_TOKENS = 1200;

  private final Settings settings;
  private final Providers providers;
  private final Secrets secrets;
  private final Map<Key, ChatModel> models = new ConcurrentHashMap<>();

  ChatModels(Settings settings, Providers providers, Secrets secrets) {
    this.settings = settings;
    this.providers = providers;
    this.secrets = secrets;
  }

  /** A model and the id its drafts are signed with. */
  record Chosen(String id, ChatModel model) {}

  /** The model for a tenant's drafts, if it has one. */
  Optional<Chosen> of(TenantId tenant) {
    return settings.draftingModel().flatMap(vendor -> of(vendor, tenant));
  }

  private Optional<Chosen> of(String vendor, TenantId tenant) {
    var id = settings.draftingModelId();
    return switch (vendor) {
      case "anthropic" -> keyOf(tenant, vendor).map(key -> chosen(new Key(vendor, id, key)));
      case "openai" -> keyOf(tenant, vendor).map(key -> chosen(new Key(vendor, id, key)));
      case "bedrock" -> Optional.of(chosen(new Key(vendor, id, "")));
      default ->
          throw new PermanentException(
              "settings.invalid",
              "DRAFTING_MODEL is '" + vendor + "'; set it to bedrock, anthropic or openai");
    };
  }

  private Optional<String> keyOf(TenantId tenant, String vendor) {
    return secrets
        .credentials(tenant, vendor)
        .map(node -> node.path("apiKey").asText())
        .filter(key -> !key.isEmpty());
  }

  private Chosen chosen(Key key) {
    return new Chosen(key.id(), models.computeIfAbsent(key, this::build));
  }

  private ChatModel build(Key key) {
    return switch (key.vendor()) {
      case "anthropic" ->
          AnthropicChatModel.builder()
              .baseUrl(providers.base("anthropic") + "/v1/")
              .apiKey(key.apiKey())
              .modelName(key.id())
              .maxTokens(MAX_TOKENS)
              .timeout(TIMEOUT)
              .maxRetries(0)
              .build();
      case "openai" ->
          OpenAiChatModel.builder()
              .baseUrl(providers.base("openai") + "/v1")
              .apiKey(key.apiKey())
              .modelName(key.id())
              .maxCompletionTokens(MAX_TOKENS)
              .timeout(TIMEOUT)
              .maxRetries(0)
              .build();
      default ->
          BedrockChatModel.builder()
              .client(
                  BedrockRuntimeClient.builder()
                      .httpClientBuilder(Apache5HttpClient.builder().socketTimeout(TIMEOUT))
                      .build())
              .modelId(key.id())
              .maxRetries(0)
              .build();
    };
  }

  /** A model is built once for each key, so that a rotated key gets a new one. */
  private record Key(String vendor, String id, String apiKey) {
    @Override
    public String toString() {
      return vendor + " " + id;
    }
  }
}
