package io.leadloom.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.leadloom.model.Approval;
import io.leadloom.model.Lead;
import io.leadloom.model.Purpose;
import io.leadloom.model.Stage;
import io.leadloom.model.Story;
import io.leadloom.model.TenantId;
import io.leadloom.model.Touch;
import io.leadloom.platform.ApprovalLinks;
import io.leadloom.platform.Approvals;
import io.leadloom.platform.Drafts;
import io.leadloom.platform.Json;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Wiring;
import io.leadloom.simulators.SimulatedCredentials;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudformation.model.StackResource;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** That the whole of template.yaml runs on LocalStack, all the way to a booking. */
@Tag("aws")
class LocalStackE2ET {

  private static final TenantId TENANT = TenantId.of("demo");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** What the community edition has not. */
  private static final List<String> LACKED =
      List.of("AWS::ApiGatewayV2::", "AWS::Cognito::", "AWS::Events::Archive");

  @TempDir static Path data;
  private static @Nullable LocalStackKit localStack;
  private static @Nullable TryOut tryOut;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @BeforeAll
  static void deploy() throws Exception {
    var kit = LocalStackKit.folder();
    Assumptions.assumeTrue(
        kit.isPresent(),
        "there are no scripts to start a LocalStack with; LEADLOOM_LOCALSTACK_KIT names their"
            + " folder");
    var started = LocalStackKit.start(kit.orElseThrow(), data.resolve("localstack"));
    localStack = started;
    var publicUrl = "http://127.0.0.1:" + LocalStackKit.freePort();
    Script.run(
            LocalStackKit.ROOT.resolve("infra/localstack/deploy.sh").toString(),
            "--built",
            "--at-once",
            "--only-deploy")
        .with(
            Map.of(
                "AWS_ENDPOINT_URL",
                started.url().toString(),
                "PATH",
                started.commands() + ":" + System.getenv("PATH"),
                "JAVA_HOME",
                System.getProperty("java.home"),
                "LEADLOOM_PUBLIC_URL",
                publicUrl,
                "LEADLOOM_PROVIDERS_URL",
                publicUrl + "/simulated"))
        .orFail();
    var settings = SdkSettings.pointAt(started.url());
    tryOut =
        TryOut.start(
            "leadloom",
            LocalStackKit.ROOT.resolve("template.yaml"),
            TENANT,
            settings.asVariables(),
            "127.0.0.1");
  }

  @AfterAll
  static void stop() {
    try (var first = localStack;
        var second = tryOut) {
      SdkSettings.clear();
    }
  }

  private static TryOut tryOut() {
    return Objects.requireNonNull(tryOut);
  }

  @Test
  void nothingIsSkippedButWhatTheCommunityEditionLacks() {
    var lacked =
        tryOut().stack().resources().values().stream()
            .map(StackResource::resourceType)
            .filter(type -> LACKED.stream().anyMatch(type::startsWith))
            .distinct()
            .sorted()
            .toList();
    assertThat(lacked).contains("AWS::ApiGatewayV2::Api");
    assertThat(tryOut().stack().skippedTypes()).isEqualTo(lacked);
  }

  @Test
  void leadGoesAllTheWayToABooking() throws Exception {
    tryOut().importPermits();

    var first = awaitApproval("a first draft", Purpose.FIRST_TOUCH, Optional.empty());
    approve(first);
    var touch =
        await(
            "the first message to be sent",
            () ->
                story(first).touches().stream()
                    .filter(sent -> sent.status() == Touch.Status.SENT)
                    .findFirst());

    answer(touch, "Yes, I am interested. Please schedule a meeting with me.");
    approve(awaitApproval("the confirmation", Purpose.CONFIRMATION, Optional.of(first)));

    try (var states = SfnClient.create()) {
      var arn =
          tryOut().stack().physicalId("LeadLifecycle").replace(":stateMachine:", ":execution:")
              + ":"
              + first.lead();
      await(
          "the execution to end",
          () ->
              Optional.of(states.describeExecution(b -> b.executionArn(arn)))
                  .filter(execution -> execution.status() != ExecutionStatus.RUNNING));
      var ended = states.describeExecution(b -> b.executionArn(arn));
      assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }
    assertThat(lead(first).stage()).isEqualTo(Stage.BOOKED);
    assertThat(story(first).bookings()).hasSize(1);
    assertThat(story(first).faults()).isEmpty();
  }

  private static Approval awaitApproval(
      String what, Purpose purpose, Optional<Approval> ofSameLead) {
    var drafts = Wiring.bean(Drafts.class);
    return await(
        what,
        () ->
            Wiring.bean(Approvals.class).pending(TENANT, 100).stream()
                .filter(a -> ofSameLead.map(other -> other.lead().equals(a.lead())).orElse(true))
                .filter(a -> drafts.get(TENANT, a.lead(), a.draft()).purpose() == purpose)
                .findFirst());
  }

  private static void approve(Approval approval) throws Exception {
    var draft = Wiring.bean(Drafts.class).get(TENANT, approval.lead(), approval.draft());
    var link = Wiring.bean(ApprovalLinks.class).of(TENANT, approval, "approver-0");
    var form =
        "decision=approve&subject=%s&body=%s"
            .formatted(encoded(draft.subject()), encoded(draft.body()));
    var response =
        HTTP.send(
            HttpRequest.newBuilder(link)
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  /** Answers a message by mail, as Postmark tells of it. */
  private static void answer(Touch touch, String text) throws Exception {
    var credentials = SimulatedCredentials.of(TENANT.value()).postmark();
    var mail =
        Map.of(
            "From",
            touch.to(),
            "FromName",
            "",
            "MailboxHash",
            touch.replyToken(),
            "MessageID",
            "answer-1",
            "Subject",
            "Re: your permit",
            "TextBody",
            text,
            "StrippedTextReply",
            text,
            "Headers",
            List.of());
    var response =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(tryOut().url() + "/webhooks/postmark/" + TENANT))
                .header(
                    "authorization",
                    "Basic "
                        + Base64.getEncoder()
                            .encodeToString(
                                (credentials.user() + ":" + credentials.password())
                                    .getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(mail)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  private static Lead lead(Approval approval) {
    return Wiring.bean(Leads.class).get(TENANT, approval.lead());
  }

  private static Story story(Approval approval) {
    return Wiring.bean(Leads.class).story(TENANT, approval.lead());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static <T> T await(String what, Supplier<Optional<T>> probe) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      var found = probe.get();
      if (found.isPresent()) {
        return found.get();
      }
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
    return fail("Not within %s: %s", PATIENCE, what);
  }
}
