package io.leadloom.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.Role;
import io.leadloom.model.Stage;
import io.leadloom.platform.Json;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Settings;
import io.leadloom.platform.Tenants;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class FrameTest {

  private static final String RECORD =
      """
      {"source": "austin", "number": "FA-1", "type": "Fire Alarm Permit",
       "description": "Install fire alarm system, new medical office",
       "applicant": "%s", "address": "12 Alder Way", "city": "Austin", "state": "TX",
       "zip": "78701", "status": "issued", "submitted": "2026-02-10", "issued": "2026-02-20",
       "valuation": 185000, "area": 12000}
      """;
  private static final String BRIGHTWATER = RECORD.formatted("Brightwater Builders LLC");

  @RegisterExtension final Platform platform = new Platform();

  private ApiClient member;

  @BeforeEach
  void start() {
    platform.setting("API_REQUESTS_PER_MINUTE", "1000000");
    wire();
  }

  private void wire() {
    platform.bean(Tenants.class).create(Samples.tenant());
    member = ApiClient.of(new ApiHandler(), Samples.TENANT, Role.MEMBER);
  }

  @Test
  void aRepetitionIsAnsweredAsTheFirstTime() {
    var first = member.post("/v1/leads", "key-1", BRIGHTWATER);
    platform.clock().advance(Duration.ofHours(23));
    var second = member.post("/v1/leads", "key-1", BRIGHTWATER);

    assertThat(second.status()).isEqualTo(first.status()).isEqualTo(201);
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.header("location")).isEqualTo(first.header("location"));
    assertThat(second.header("idempotency-replayed")).isEqualTo("true");
    assertThat(platform.aws().calls("StartExecution")).hasSize(1);
  }

  @Test
  void aKeyStandsForOneRequestForADay() {
    member.post("/v1/leads", "key-1", BRIGHTWATER);
    var other = RECORD.formatted("Copperfield Works LLC");

    var reused = member.post("/v1/leads", "key-1", other);
    assertThat(reused.status()).isEqualTo(422);
    assertThat(reused.body().path("code").asText()).isEqualTo("idempotency.reused");

    platform.clock().advance(Duration.ofHours(25));
    assertThat(member.post("/v1/leads", "key-1", other).status()).isEqualTo(201);
  }

  @Test
  void aPostNeedsAKeyAndAMalformedOneDoesNotUseItUp() {
    assertThat(member.send("POST", "/v1/leads", Map.of(), BRIGHTWATER).status()).isEqualTo(400);
    assertThat(member.post("/v1/leads", "key-1", "{}").status()).isEqualTo(400);
    assertThat(member.post("/v1/leads", "key-1", BRIGHTWATER).status()).isEqualTo(201);
  }

  @Test
  void afterAFaultTheSameRequestActs() {
    platform.aws().fail("StartExecution", "ThrottlingException");
    assertThat(member.post("/v1/leads", "key-1", BRIGHTWATER).status()).isEqualTo(503);

    platform.aws().recover("StartExecution");
    assertThat(member.post("/v1/leads", "key-1", BRIGHTWATER).status()).isIn(200, 201);
    assertThat(platform.aws().calls("StartExecution").size()).isGreaterThan(1);
  }

  /** Some wait before the claim, some between claim and answer, and some come later. */
  @Test
  void aThousandInterleavingsOfOnePostActOnce() throws Exception {
    var random = new Random(7);
    var answers = new HashSet<String>();
    var calls = new ArrayList<Callable<ApiClient.Reply>>();
    for (var i = 0; i < 1_000; i++) {
      var yields = random.nextInt(20);
      calls.add(() -> {
        for (var n = 0; n < yields; n++) {
          Thread.yield();
        }
        return member.post("/v1/leads", "the-one", BRIGHTWATER);
      });
    }
    try (var threads = Executors.newFixedThreadPool(16)) {
      for (var reply : threads.invokeAll(calls)) {
        assertThat(reply.get().status()).as(reply.get().text()).isIn(201, 409);
        if (reply.get().status() == 201) {
          answers.add(reply.get().text());
        }
      }
    }

    assertThat(answers).hasSize(1);
    assertThat(platform.aws().calls("StartExecution")).hasSize(1);
    assertThat(platform.bean(Leads.class).countInStage(Samples.TENANT, Stage.NEW)).isEqualTo(1);
  }

  @Test
  void aTenantThatAsksTooOftenIsToldWhenToGoOn() {
    platform.setting("API_REQUESTS_PER_MINUTE", "12");
    wire();
    assertThat(member.get("/v1/leads").status()).isEqualTo(200);
    assertThat(member.get("/v1/leads").status()).isEqualTo(200);

    // Another instance of the function counts on.
    wire();
    var refused = member.get("/v1/leads");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1, 10);

    var other = ApiClient.of(new ApiHandler(), Samples.OTHER_TENANT, Role.MEMBER);
    assertThat(other.get("/v1/leads").status()).isEqualTo(200);
    platform.clock().advance(Duration.ofSeconds(Integer.parseInt(refused.header("retry-after"))));
    assertThat(member.get("/v1/leads").status()).isEqualTo(200);
  }

  @Test
  void whoWasRefusedIsRefusedAgainWithoutALookAtTheTable() {
    platform.setting("API_REQUESTS_PER_MINUTE", "6");
    wire();
    assertThat(member.get("/v1/leads").status()).isEqualTo(200);
    assertThat(member.get("/v1/leads").status()).isEqualTo(429);

    forgetCount();
    assertThat(member.get("/v1/leads").status()).isEqualTo(429);
    platform.setting("API_REQUESTS_PER_MINUTE", "6");
    wire();
    assertThat(member.get("/v1/leads").status()).as("by an instance that looks").isEqualTo(200);
  }

  private void forgetCount() {
    var window = platform.clock().instant().getEpochSecond() / 10;
    platform
        .bean(DynamoDbClient.class)
        .deleteItem(b ->
            b.tableName(platform.bean(Settings.class).table())
                .key(
                    Map.of(
                        "pk", AttributeValue.fromS("T#" + Samples.TENANT + "#LIMIT#api"),
                        "sk", AttributeValue.fromS(Long.toString(window)))));
  }

  @Test
  void whatIsNotThereSaysSo() {
    assertThat(member.get("/v1/nothing").status()).isEqualTo(404);
    assertThat(member.get("/v1/leads/not%20an%20id").status()).isEqualTo(404);
    var wrong = member.send("PUT", "/v1/leads", Map.of(), "{}");
    assertThat(wrong.status()).isEqualTo(405);
    assertThat(wrong.header("allow")).isEqualTo("GET, HEAD, POST");
  }

  @Test
  void aPathThatIsSpelledOutIsNoId() {
    var answer = member.get("/v1/approvals/decisions");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("allow")).isEqualTo("POST");
  }

  @Test
  void anEmptyIfMatchNamesNothing() {
    var answer = member.change("DELETE", "/v1/campaigns/default", " ", null);

    assertThat(answer.status()).isEqualTo(428);
  }

  /** What API Gateway says by itself, to a request without credentials for example, is named. */
  @Test
  void theGatewaysOwnAnswersAreInTheDocument() {
    var document = ApiClient.nobody(new ApiHandler()).get("/v1/openapi.json").body();

    var content = document.at("/paths/~1v1~1leads/get/responses/401/content");

    assertThat(content.fieldNames())
        .toIterable()
        .containsExactly("application/problem+json", "application/json");
  }

  /** Generators refuse others. */
  @Test
  void theNamesOfSchemasAreWords() {
    var document = ApiClient.nobody(new ApiHandler()).get("/v1/openapi.json").body();

    assertThat(document.at("/components/schemas").fieldNames())
        .toIterable()
        .allMatch(name -> name.matches("[A-Za-z0-9]+"));
  }

  @Test
  void aBodyMustBeJsonOfABearableSize() {
    var key = Map.of("idempotency-key", "k", "content-type", "text/csv");
    assertThat(member.send("POST", "/v1/leads", key, "a,b").status()).isEqualTo(415);
    var large = "{\"source\":\"" + "x".repeat(300_000) + "\"}";
    assertThat(member.post("/v1/leads", large).status()).isEqualTo(413);
    assertThat(member.post("/v1/leads", "{\"source\":").status()).isEqualTo(400);
    assertThat(member.post("/v1/leads", "[]").status()).isEqualTo(400);
    assertThat(member.post("/v1/leads", "").status()).isEqualTo(400);
  }

  @Test
  void whatApiGatewaySendsIsAnswered() {
    platform.raise(Samples.lead());

    var answer = Events.send(new ApiHandler(), "api/api--list-leads");

    assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
    assertThat(Json.read(answer.path("body").asText(), JsonNode.class).path("leads")).hasSize(1);
  }

  @Test
  void headIsGetWithoutABody() {
    var head = member.send("HEAD", "/v1/leads", Map.of(), null);

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.text()).isEmpty();
  }

  @Test
  void anyoneReadsTheDocument() {
    var answer = ApiClient.nobody(new ApiHandler()).get("/v1/openapi.json");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("openapi").asText()).isEqualTo("3.1.0");
    var ids = new ArrayList<String>();
    answer
        .body()
        .path("paths")
        .forEach(path -> path.forEach(op -> ids.add(op.path("operationId").asText())));
    assertThat(ids).contains("createLead", "listLeads").doesNotHaveDuplicates();
    assertThat(answer.text()).doesNotContain("$defs");
  }
}
