package io.leadloom.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.leadloom.model.Permission;
import io.leadloom.model.Role;
import io.leadloom.platform.Caller;
import io.leadloom.platform.Json;
import io.leadloom.platform.Permits;
import io.leadloom.platform.Tenants;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Sends each operation of the served document what it asks for, and what it does not: every answer
 * is one that the document names, none is a 5xx, and bodies are as their schemas say.
 */
class FuzzTest {

  private static final int ROUNDS = 40;

  /** So many that some are left when others were removed. */
  private static final int SOURCES = 100;

  private static final long SEED = 4711;

  /** What fits by rules that no schema says, so that some of the requests get past them. */
  private static final Map<String, JsonNode> FITTING =
      Map.of(
          "approvers", Json.read("[\"someone@company.example\"]", JsonNode.class),
          "minEmployees", Json.read("5", JsonNode.class));

  /** Of what makes sense, by the names of members, so that some requests do something. */
  private static final Map<String, String> SENSE =
      Map.ofEntries(
          Map.entry("campaignId", "default"),
          Map.entry("url", "http://127.0.0.1:9/hooks"),
          Map.entry("pack", "fire-safety"),
          Map.entry("type", "Fire Alarm Permit"),
          Map.entry("description", "Install fire alarm system, new medical office"),
          Map.entry("applicant", "Brightwater Builders LLC"),
          Map.entry("status", "issued"),
          Map.entry("city", "Austin"),
          Map.entry("domain", "company.example"),
          Map.entry("state", "TX"),
          Map.entry("zip", "78701"));

  @RegisterExtension final Platform platform = new Platform();

  private JsonNode document = Json.mapper().createObjectNode();
  private String imported = "";
  private String campaign = "";
  private String company = "";
  private String contact = "";
  private String endpoint = "";
  private String delivery = "";
  private final Random random = new Random(SEED);

  @Test
  void noOperationAnswersWhatTheDocumentDoesNotName() {
    platform.setting("API_REQUESTS_PER_MINUTE", "1000000");
    platform.setting("WEBHOOK_TARGETS", "local");
    platform.bean(Tenants.class).create(Samples.tenant());
    platform
        .bean(Permits.class)
        .raise(Samples.TENANT, Samples.row(), Samples.lead(), Samples.signal());
    var lead = Waiting.enriched(platform);
    company = Objects.toString(lead.companyId());
    contact = Objects.toString(lead.contactId());
    platform.bean(Tenants.class).create(Others.tenant());
    for (var tenant : List.of(Samples.TENANT, Samples.OTHER_TENANT)) {
      Colleagues.of(platform, tenant);
    }
    for (var i = 0; i < 20; i++) {
      Waiting.approval(platform, i);
    }
    Waiting.reply(platform);
    var handler = new ApiHandler();
    for (var i = 0; i < SOURCES; i++) {
      callerOf(handler)
          .post(
              "/v1/sources",
              "{\"id\":\"permits-%d\",\"url\":\"https://data.example/d/abcd-1234\"}".formatted(i));
    }
    imported =
        callerOf(handler)
            .post(
                "/v1/imports",
                "{\"source\":\"austin\",\"rows\":[{\"line\":1,\"fields\":{\"PERMIT #\":\"1\"}}]}")
            .body()
            .path("id")
            .asText();
    campaign =
        callerOf(handler).post("/v1/campaigns", "{\"name\":\"Spring\"}").body().path("id").asText();
    var endpointPath =
        callerOf(handler)
            .post("/v1/webhook-endpoints", "{\"url\":\"http://127.0.0.1:9/hooks\"}")
            .header("location");
    endpoint = endpointPath.substring(endpointPath.lastIndexOf('/') + 1);
    delivery =
        callerOf(handler).post(endpointPath + "/test-event", null).body().path("id").asText();
    document = ApiClient.nobody(handler).get("/v1/openapi.json").body();
    var callers =
        List.of(
            callerOf(handler),
            callerOf(handler),
            ApiClient.of(handler, Samples.TENANT, Role.VIEWER),
            ApiClient.of(handler, Samples.OTHER_TENANT, Role.OWNER),
            ApiClient.newcomer(handler, "newcomer"),
            key(handler),
            ApiClient.nobody(handler));
    var statuses = new LinkedHashMap<String, Map<Integer, Integer>>();
    document
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(method -> {
                  var operation = method.getValue();
                  // What is sent to one does not depend on which others there are.
                  random.setSeed(SEED + operation.path("operationId").asText().hashCode());
                  for (var round = 0; round < ROUNDS; round++) {
                    var sent = request(path.getKey(), method.getKey(), operation, round);
                    var caller = callers.get(round < 10 ? 0 : random.nextInt(callers.size()));
                    var answer =
                        caller.send(
                            method.getKey().toUpperCase(Locale.ROOT),
                            sent.target(),
                            sent.headers(),
                            sent.body());
                    check(operation, sent, answer);
                    if (round < 10
                        && !sent.target().contains("cursor=")
                        && !String.valueOf(sent.body()).matches("(?s).*(approvers|scopes).*")) {
                      assertThat(answer.status())
                          .as("The document allows %s: %s", sent, answer.text())
                          .isNotEqualTo(400);
                    }
                    statuses
                        .computeIfAbsent(
                            operation.path("operationId").asText(), id -> new LinkedHashMap<>())
                        .merge(answer.status(), 1, Integer::sum);
                  }
                }));

    // A fuzz whose requests are all refused for their form would find nothing.
    assertThat(statuses.get("createLead")).containsKeys(200, 400);
    assertThat(statuses.get("listLeads")).containsKeys(200, 400);
    assertThat(statuses.get("decideApproval")).containsKeys(200, 400, 409);
    assertThat(statuses.get("changeSettings")).containsKeys(200, 400);
    assertThat(statuses.values().stream().flatMap(by -> by.keySet().stream()))
        .contains(403, 404, 412, 415, 428);
    assertThat(statuses.get("beginImport")).containsKeys(202, 400);
    assertThat(statuses.get("getLead")).containsKeys(200, 404);
    assertThat(statuses.get("getCompany")).containsKeys(200, 404);
    assertThat(statuses.get("getContact")).containsKeys(200, 404);
    assertThat(statuses.get("correctCompany")).containsKeys(200, 400);
    assertThat(statuses.get("correctContact")).containsKeys(200, 400);
    assertThat(statuses.get("createWebhookEndpoint")).containsKeys(201, 400);
    assertThat(statuses.get("replayWebhookDelivery")).containsKeys(202, 404);
    assertThat(statuses.get("scanSource")).containsKeys(202, 404);
    // Decisions have the lead under way again, and then its reply waits for no person.
    assertThat(statuses.get("finishReply")).containsKeys(404, 422);
    assertThat(statuses.get("foundTenant")).containsKeys(201, 400);
    assertThat(statuses.get("createKey")).containsKeys(201, 400, 403);
    assertThat(statuses.get("changeMember")).containsKeys(200, 400, 403);
  }

  private void check(JsonNode operation, Sent sent, ApiClient.Reply answer) {
    var id = operation.path("operationId").asText();
    assertThat(answer.status()).as("%s of %s: %s", id, sent, answer.text()).isLessThan(500);
    var described = operation.path("responses").path(Integer.toString(answer.status()));
    assertThat(described.isObject())
        .as("%s answered %d, which is not in the document, to %s", id, answer.status(), sent)
        .isTrue();
    var content = described.path("content");
    if (content.isEmpty()) {
      assertThat(answer.text()).isEmpty();
      return;
    }
    var type = content.fieldNames().next();
    assertThat(answer.header("content-type")).isEqualTo(type);
    var schema = content.path(type).path("schema").<ObjectNode>deepCopy();
    schema.set("components", document.path("components"));
    assertThat(
            JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(schema)
                .validate(answer.body()))
        .as("%s: %s", id, answer.text())
        .isEmpty();
  }

  private Sent request(String path, String method, JsonNode operation, int round) {
    var target = new StringBuilder(path);
    var headers = new LinkedHashMap<String, String>();
    var query = new ArrayList<String>();
    for (var parameter : operation.path("parameters")) {
      var name = parameter.path("name").asText();
      var required = parameter.path("required").asBoolean();
      switch (parameter.path("in").asText()) {
        case "path" -> {
          var at = target.indexOf("{" + name + "}");
          target.replace(at, at + name.length() + 2, id(name, round));
        }
        case "header" -> {
          if (round < 10 || random.nextInt(8) > 0) {
            headers.put(
                name.toLowerCase(Locale.ROOT),
                name.equals("If-Match")
                    ? random.nextBoolean() ? "*" : "\"" + random.nextInt(3) + "\""
                    : "key-" + random.nextInt(1 << 20));
          }
        }
        case "query" -> {
          if (required || random.nextInt(4) == 0) {
            query.add(name + "=" + encoded(text(value(parameter.path("schema"), round < 10))));
          }
        }
        default -> throw new AssertionError(parameter);
      }
    }
    if (round >= 10 && random.nextInt(10) == 0) {
      query.add("unheardOf=1");
    }
    var schema = operation.at("/requestBody/content/application~1json/schema");
    String body = null;
    if (!schema.isMissingNode()) {
      body =
          switch (round < 10 ? 9 : random.nextInt(12)) {
            case 0 -> "";
            case 1 -> "[1]";
            case 2 -> "{\"a\":";
            case 3 -> "null";
            default -> Json.write(mangled(value(schema, round < 10), round));
          };
      if (round >= 10 && random.nextInt(12) == 0) {
        headers.put("content-type", "text/plain");
      }
    }
    return new Sent(
        method, target + (query.isEmpty() ? "" : "?" + String.join("&", query)), headers, body);
  }

  private static ApiClient key(ApiHandler handler) {
    return ApiClient.program(
        handler, new Caller(Samples.TENANT, "key:k1", Role.ADMIN, Permission.all()));
  }

  private static ApiClient callerOf(ApiHandler handler) {
    return ApiClient.of(handler, Samples.TENANT, Role.OWNER);
  }

  private String id(String name, int round) {
    if (name.equals("importId") && (round < 10 || random.nextBoolean())) {
      return imported;
    }
    if (name.equals("campaignId") && (round < 10 || random.nextBoolean())) {
      return campaign;
    }
    if (name.equals("companyId") && (round < 10 || random.nextBoolean())) {
      return company;
    }
    if (name.equals("contactId") && (round < 10 || random.nextBoolean())) {
      return contact;
    }
    if (name.equals("approvalId") && (round < 10 || random.nextBoolean())) {
      return "approval-" + random.nextInt(20);
    }
    if (name.equals("endpointId") && (round < 10 || random.nextBoolean())) {
      return endpoint;
    }
    if (name.equals("deliveryId") && (round < 10 || random.nextBoolean())) {
      return delivery;
    }
    if (name.equals("runId") && (round < 10 || random.nextBoolean())) {
      return imported;
    }
    if (name.equals("draftId") && (round < 10 || random.nextBoolean())) {
      return "draft-" + random.nextInt(20);
    }
    if (name.equals("replyId") && (round < 10 || random.nextBoolean())) {
      return Waiting.REPLY.value();
    }
    if (name.equals("sourceId") && (round < 10 || random.nextBoolean())) {
      return "permits-" + random.nextInt(SOURCES);
    }
    if (name.equals("userId") && (round < 10 || random.nextBoolean())) {
      return Colleagues.ALL.get(random.nextInt(Colleagues.ALL.size()));
    }
    if (name.equals("keyId") && (round < 10 || random.nextBoolean())) {
      return "key-1";
    }
    if (name.equals("invitationId") && (round < 10 || random.nextBoolean())) {
      return "invitation-1";
    }
    if (name.equals("leadId") && (round < 10 || random.nextBoolean())) {
      return Samples.lead().id().value();
    }
    return List.of("x", "no such id", "%00", "a".repeat(90), "..", "null").get(random.nextInt(6));
  }

  /** Leaves members out, adds one, or gives one another type. */
  private JsonNode mangled(JsonNode value, int round) {
    if (round < 10 || !value.isObject()) {
      return value;
    }
    var object = (ObjectNode) value;
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    var odd =
        List.<JsonNode>of(
            Json.mapper().nullNode(),
            Json.mapper().getNodeFactory().numberNode(-1),
            Json.mapper().getNodeFactory().numberNode(new java.math.BigDecimal("1e400")),
            Json.mapper().getNodeFactory().textNode(""),
            Json.mapper().getNodeFactory().textNode("\u0000\ud800 𝄞 ".repeat(40)),
            Json.mapper().createArrayNode().add(1),
            Json.mapper().createObjectNode().put("a", true),
            Json.mapper().getNodeFactory().booleanNode(true));
    switch (random.nextInt(4)) {
      case 0 -> object.put("unheardOf", 1);
      case 1 -> {
        if (!names.isEmpty()) {
          object.remove(names.get(random.nextInt(names.size())));
        }
      }
      case 2 -> {
        if (!names.isEmpty()) {
          object.set(names.get(random.nextInt(names.size())), odd.get(random.nextInt(odd.size())));
        }
      }
      default -> {}
    }
    return object;
  }

  /** A value that the schema allows, or for a text perhaps not. */
  private JsonNode value(JsonNode given, boolean tame) {
    var schema = given;
    if (schema.has("$ref")) {
      schema = document.at(schema.path("$ref").asText().substring(1));
    }
    var nodes = Json.mapper().getNodeFactory();
    if (schema.has("anyOf")) {
      return value(schema.path("anyOf").get(random.nextInt(schema.path("anyOf").size())), tame);
    }
    if (schema.path("type").asText().equals("null")) {
      return nodes.nullNode();
    }
    if (schema.has("enum")) {
      return schema.path("enum").get(random.nextInt(schema.path("enum").size()));
    }
    return switch (schema.path("type").isArray()
        ? schema.at("/type/0").asText()
        : schema.path("type").asText()) {
      case "integer" -> nodes.numberNode(number(schema));
      case "number" -> nodes.numberNode(number(schema));
      case "boolean" -> nodes.booleanNode(random.nextBoolean());
      case "array" -> {
        var array = nodes.arrayNode();
        var size = Math.max(schema.path("minItems").asInt(0), random.nextInt(3));
        for (var i = 0; i < size; i++) {
          array.add(value(schema.path("items"), tame));
        }
        yield array;
      }
      case "object" -> {
        var object = nodes.objectNode();
        var required = new ArrayList<String>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        if (schema.path("additionalProperties").isObject()) {
          for (var i = random.nextInt(3); i > 0; i--) {
            object.set(i == 1 ? "" : "name " + i, value(schema.path("additionalProperties"), tame));
          }
        }
        for (var member : schema.path("properties").properties()) {
          if (tame || required.contains(member.getKey()) || random.nextBoolean()) {
            var sense = SENSE.get(member.getKey());
            var fitting = tame ? FITTING.get(member.getKey()) : null;
            if (fitting != null) {
              object.set(member.getKey(), fitting);
              continue;
            }
            object.set(
                member.getKey(),
                sense != null && !member.getValue().has("enum") && (tame || random.nextBoolean())
                    ? nodes.textNode(sense)
                    : value(member.getValue(), tame));
          }
        }
        yield object;
      }
      default -> nodes.textNode(string(schema, tame));
    };
  }

  private long number(JsonNode schema) {
    var min = schema.path("minimum").asLong(0);
    var max = schema.path("maximum").asLong(1_000);
    return min + (long) (random.nextDouble() * (max - min));
  }

  private String string(JsonNode schema, boolean tame) {
    var valid =
        switch (schema.path("format").asText()) {
          case "date" -> "2026-02-1" + random.nextInt(10);
          case "date-time" -> "2026-02-10T10:00:00Z";
          case "uri" -> "https://hooks.company.example/" + random.nextInt(100);
          default -> "fire alarm " + random.nextInt(1_000);
        };
    if (schema.has("pattern")) {
      var pattern = schema.path("pattern").asText();
      valid =
          pattern.contains("@")
              ? "someone" + random.nextInt(100) + "@company.example"
              : pattern.contains("1[0-2]")
                  ? "2026-0" + (1 + random.nextInt(9))
                  : "id-" + random.nextInt(100);
    }
    if (schema.has("maxLength") && valid.length() > schema.path("maxLength").asInt()) {
      valid = valid.substring(0, schema.path("maxLength").asInt());
    }
    return tame || random.nextInt(6) > 0
        ? valid
        : List.of(
                "",
                " ",
                "\u0000",
                "x".repeat(5_000),
                "2026-12-31T23:59:60Z",
                "2026-02-30",
                "' OR 1=1",
                "\ud83d",
                "a#b",
                "-0")
            .get(random.nextInt(10));
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private record Sent(
      String method, String target, Map<String, String> headers, @Nullable String body) {}
}
