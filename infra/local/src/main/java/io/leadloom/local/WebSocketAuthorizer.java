package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.local.template.Names;
import io.leadloom.local.template.WebSocketApiResource;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the function that decides who may connect to a WebSocket API; answers are not kept. */
final class WebSocketAuthorizer {

  private static final Logger LOG = LoggerFactory.getLogger(WebSocketAuthorizer.class);
  private static final String HEADER = "route.request.header.";
  private static final String QUERY = "route.request.querystring.";
  private static final String STAGE_VARIABLE = "stageVariables.";
  private static final String CONTEXT = "context.";

  private final WebSocketApiResource api;
  private final LambdaService lambda;
  private final Clock clock;

  WebSocketAuthorizer(WebSocketApiResource api, LambdaService lambda, Clock clock) {
    this.api = api;
    this.lambda = lambda;
    this.clock = clock;
  }

  Admission admit(WebSocketClient client) {
    return api.authorizer()
        .map(authorizer -> admit(authorizer, client))
        .orElseGet(() -> new Admission.Admitted(Optional.empty()));
  }

  private Admission admit(WebSocketApiResource.Authorizer authorizer, WebSocketClient client) {
    var arn = Names.LOCAL.arn("execute-api", api.id() + "/" + api.stage() + "/$connect");
    var question = client.question(arn, clock.instant());
    for (var source : authorizer.identitySources()) {
      if (identity(source, client, question).stream().allMatch(String::isBlank)) {
        return Admission.refused(401, "Unauthorized");
      }
    }
    InvocationResult result;
    try {
      result = lambda.invoke(authorizer.functionArn(), Json.bytes(question));
    } catch (LambdaException e) {
      LOG.warn("The authorizer of {} could not be asked", api.id(), e);
      return Admission.refused(500, "Internal Server Error");
    }
    if (!result.failed()) {
      return judge(arn, result.json());
    }
    // An exception with this one message is an authorizer's way to answer 401.
    if (result.json().path("errorMessage").asText().equals("Unauthorized")) {
      return Admission.refused(401, "Unauthorized");
    }
    LOG.warn(
        "The authorizer of {} failed: {}",
        api.id(),
        new String(result.payload(), StandardCharsets.UTF_8));
    return Admission.refused(500, "Internal Server Error");
  }

  private List<String> identity(String source, WebSocketClient client, JsonNode question) {
    if (source.startsWith(HEADER)) {
      return client.header(source.substring(HEADER.length()));
    }
    if (source.startsWith(QUERY)) {
      return client.query().getOrDefault(source.substring(QUERY.length()), List.of());
    }
    if (source.startsWith(STAGE_VARIABLE)) {
      return List.of(
          api.stageVariables().getOrDefault(source.substring(STAGE_VARIABLE.length()), ""));
    }
    if (source.startsWith(CONTEXT)) {
      var pointer = "/requestContext/" + source.substring(CONTEXT.length()).replace('.', '/');
      return List.of(question.at(pointer).asText());
    }
    return List.of();
  }

  private Admission judge(String arn, JsonNode answer) {
    var policy = InvokePolicy.of(answer);
    var context = answer.path("context");
    for (var value : context) {
      if (value.isContainerNode()) {
        LOG.warn("The context of the authorizer of {} holds more than plain values", api.id());
        return Admission.refused(500, "Internal Server Error");
      }
    }
    if (policy.isEmpty()) {
      LOG.warn("The authorizer of {} answered no principalId and policyDocument", api.id());
      return Admission.refused(500, "Internal Server Error");
    }
    if (!policy.get().allows(arn)) {
      return Admission.refused(403, "Forbidden");
    }
    var told = Json.object().put("principalId", answer.path("principalId").asText());
    context.properties().forEach(e -> told.put(e.getKey(), e.getValue().asText()));
    return new Admission.Admitted(Optional.of(told));
  }
}
