package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.local.template.Authorizer;
import io.leadloom.local.template.Names;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the functions that are authorizers, and keeps their answers as long as they say. */
final class RequestAuthorizers {

  private static final Logger LOG = LoggerFactory.getLogger(RequestAuthorizers.class);
  private static final int KEPT_ANSWERS = 10_000;

  private record Question(String authorizer, List<String> identity) {}

  private record Answer(JsonNode json, Instant until) {}

  private final Map<Question, Answer> answers = new ConcurrentHashMap<>();
  private final LambdaService lambda;
  private final Clock clock;

  RequestAuthorizers(LambdaService lambda, Clock clock) {
    this.lambda = lambda;
    this.clock = clock;
  }

  Admission admit(Authorizer.Request authorizer, ApiRequest request) {
    var context = PayloadFormat.requestContext(request);
    var identity =
        authorizer.identitySources().stream()
            .map(source -> request.identity(source, context))
            .toList();
    if (identity.stream().anyMatch(String::isBlank)) {
      return Admission.refused(401, "Unauthorized");
    }
    var question = new Question(authorizer.name(), identity);
    var kept = answers.get(question);
    if (kept != null && clock.instant().isBefore(kept.until())) {
      return judge(authorizer, request, kept.json());
    }
    var event = PayloadFormat.authorizerEvent(request, arn(request), identity);
    InvocationResult result;
    try {
      result = lambda.invoke(authorizer.functionArn(), Json.bytes(event));
    } catch (LambdaException e) {
      LOG.warn("The authorizer {} could not be asked", authorizer.name(), e);
      return Admission.refused(500, "Internal Server Error");
    }
    if (result.failed()) {
      return failed(authorizer, result);
    }
    var answer = result.json();
    if (!authorizer.reauthorizeEvery().isZero()) {
      keep(question, new Answer(answer, clock.instant().plus(authorizer.reauthorizeEvery())));
    }
    return judge(authorizer, request, answer);
  }

  private void keep(Question question, Answer answer) {
    if (answers.size() >= KEPT_ANSWERS) {
      var now = clock.instant();
      answers.values().removeIf(other -> !now.isBefore(other.until()));
    }
    answers.put(question, answer);
  }

  /** An exception with this one message is an authorizer's way to answer 401. */
  private static Admission failed(Authorizer.Request authorizer, InvocationResult result) {
    if (result.json().path("errorMessage").asText().equals("Unauthorized")) {
      return Admission.refused(401, "Unauthorized");
    }
    LOG.warn(
        "The authorizer {} failed: {}",
        authorizer.name(),
        new String(result.payload(), StandardCharsets.UTF_8));
    return Admission.refused(500, "Internal Server Error");
  }

  private static Admission judge(
      Authorizer.Request authorizer, ApiRequest request, JsonNode answer) {
    Optional<Boolean> allowed =
        authorizer.simpleResponses()
            ? Optional.of(answer.path("isAuthorized"))
                .filter(JsonNode::isBoolean)
                .map(JsonNode::asBoolean)
            : InvokePolicy.of(answer).map(policy -> policy.allows(arn(request)));
    if (allowed.isEmpty()) {
      LOG.warn(
          "The authorizer {} answered {}",
          authorizer.name(),
          authorizer.simpleResponses()
              ? "no boolean isAuthorized, although it has EnableSimpleResponses"
              : "no principalId and policyDocument; EnableSimpleResponses would let it answer"
                  + " isAuthorized");
      return Admission.refused(500, "Internal Server Error");
    }
    if (!allowed.get()) {
      return Admission.refused(403, "Forbidden");
    }
    var told = Json.object();
    told.set("lambda", answer.path("context").isObject() ? answer.path("context") : null);
    return new Admission.Admitted(Optional.of(told));
  }

  private static String arn(ApiRequest request) {
    return Names.LOCAL.arn(
        "execute-api",
        request.api().id() + "/$default/" + request.method() + request.uri().getPath());
  }
}
