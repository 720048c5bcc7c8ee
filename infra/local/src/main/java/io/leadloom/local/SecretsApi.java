package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.local.template.Names;
import io.leadloom.local.template.Template;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Secrets Manager with the current version of each secret. Nothing is encrypted. */
final class SecretsApi implements JsonApi {

  private final StackStore store;

  /** By name. */
  private final Map<String, String> secrets;

  private final Clock clock;

  SecretsApi(StackStore store, Clock clock) {
    this.store = store;
    this.secrets = store.map("secrets");
    this.clock = clock;
  }

  /** Makes the template's secrets that are missing; a value that was changed since stays. */
  void create(List<Template.Secret> templates) {
    for (var template : templates) {
      if (!secrets.containsKey(template.name())) {
        save(newSecret(template.name(), template.arn()).put("SecretString", template.value()));
      }
    }
  }

  @Override
  public JsonNode call(String action, JsonNode request) {
    return switch (action) {
      case "CreateSecret" -> createSecret(request);
      case "GetSecretValue" ->
          answer(
              find(request),
              "ARN",
              "Name",
              "VersionId",
              "SecretString",
              "SecretBinary",
              "CreatedDate",
              "VersionStages");
      case "PutSecretValue", "UpdateSecret" -> putSecretValue(request);
      case "DescribeSecret" -> answer(find(request), "ARN", "Name", "CreatedDate");
      case "DeleteSecret" -> deleteSecret(request);
      case "ListSecrets" -> listSecrets();
      default -> throw JsonApi.unknown("Secrets Manager", action);
    };
  }

  private JsonNode createSecret(JsonNode request) {
    var name = request.path("Name").asText();
    if (secrets.containsKey(name)) {
      throw new AwsException(
          "ResourceExistsException",
          "The operation failed because the secret " + name + " already exists.");
    }
    var secret = newSecret(name, Names.LOCAL.arn("secretsmanager", "secret:" + name + "-LOCAL1"));
    setValue(secret, request);
    save(secret);
    return answer(secret, "ARN", "Name", "VersionId");
  }

  private JsonNode putSecretValue(JsonNode request) {
    var secret = find(request);
    setValue(secret, request);
    save(secret);
    return answer(secret, "ARN", "Name", "VersionId", "VersionStages");
  }

  private JsonNode deleteSecret(JsonNode request) {
    var secret = find(request);
    secrets.remove(secret.path("Name").asText());
    store.commit();
    return answer(secret, "ARN", "Name")
        .put("DeletionDate", clock.instant().toEpochMilli() / 1000.0);
  }

  private JsonNode listSecrets() {
    var answer = Json.object();
    var list = answer.putArray("SecretList");
    secrets
        .values()
        .forEach(
            text -> list.add(answer((ObjectNode) Json.parse(text), "ARN", "Name", "CreatedDate")));
    return answer;
  }

  private ObjectNode newSecret(String name, String arn) {
    var secret = Json.object().put("Name", name).put("ARN", arn);
    secret.put("CreatedDate", clock.instant().toEpochMilli() / 1000.0);
    secret.put("VersionId", UUID.randomUUID().toString());
    secret.putArray("VersionStages").add("AWSCURRENT");
    return secret;
  }

  private static void setValue(ObjectNode secret, JsonNode request) {
    secret.remove(List.of("SecretString", "SecretBinary"));
    for (var field : List.of("SecretString", "SecretBinary")) {
      if (request.has(field)) {
        secret.set(field, request.get(field));
      }
    }
    secret.put(
        "VersionId", request.path("ClientRequestToken").asText(UUID.randomUUID().toString()));
  }

  private ObjectNode find(JsonNode request) {
    var id = request.path("SecretId").asText();
    var text = secrets.get(id);
    if (text == null && id.startsWith("arn:")) {
      text =
          secrets.values().stream()
              .filter(candidate -> {
                var arn = Json.parse(candidate).path("ARN").asText();
                return arn.equals(id) || arn.equals(id + "-LOCAL1");
              })
              .findFirst()
              .orElse(null);
    }
    if (text == null) {
      throw new AwsException(
          "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }
    return (ObjectNode) Json.parse(text);
  }

  private void save(ObjectNode secret) {
    secrets.put(
        secret.path("Name").asText(), new String(Json.bytes(secret), StandardCharsets.UTF_8));
    store.commit();
  }

  private static ObjectNode answer(ObjectNode secret, String... fields) {
    var answer = Json.object();
    for (var field : fields) {
      if (secret.has(field)) {
        answer.set(field, secret.get(field));
      }
    }
    return answer;
  }
}
