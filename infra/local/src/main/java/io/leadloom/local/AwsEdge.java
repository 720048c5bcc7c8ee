package io.leadloom.local;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one endpoint of all AWS services: it tells by target, path or form which service is meant.
 */
final class AwsEdge {

  private static final Logger LOG = LoggerFactory.getLogger(AwsEdge.class);

  /** Calls that wait for something to happen, and so must not keep the clock from running. */
  private static final Set<String> WAITING =
      Set.of(
          "AWSStepFunctions.GetActivityTask",
          "AWSStepFunctions.StartSyncExecution",
          "AmazonSQS.ReceiveMessage");

  /**
   * Where AWS services that are played elsewhere tell the event bus what happened; {@code
   * PutEvents} is not for events of AWS's own.
   */
  private static final String SERVICE_EVENTS = "/_leadloom/events";

  private final JsonService dynamo;
  private final JsonEdge jsonApis;
  private final LambdaApi lambda;
  private final FaultsApi faults;
  private final ConnectionsApi connections;
  private final EventBuses events;
  private final Optional<URI> mail;
  private final HttpCaller http;
  private final Work work;

  /**
   * @param jsonApis the services that this stack plays itself
   * @param mail where SES is played, if it is, without a slash at the end
   */
  AwsEdge(
      JsonService dynamo,
      JsonEdge jsonApis,
      LambdaApi lambda,
      FaultsApi faults,
      ConnectionsApi connections,
      EventBuses events,
      Optional<URI> mail,
      HttpCaller http,
      Work work) {
    this.dynamo = dynamo;
    this.jsonApis = jsonApis;
    this.lambda = lambda;
    this.faults = faults;
    this.connections = connections;
    this.events = events;
    this.mail = mail;
    this.http = http;
    this.work = work;
  }

  void handle(HttpExchange exchange) throws IOException {
    var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    if (target != null && waits(target)) {
      answer(exchange, target);
      return;
    }
    try (var piece = work.begin()) {
      answer(exchange, target);
    }
  }

  /** Whether an action waits for something to happen. */
  static boolean waits(String target) {
    return WAITING.contains(target);
  }

  private void answer(HttpExchange exchange, @Nullable String target) throws IOException {
    var body = exchange.getRequestBody().readAllBytes();
    var path = exchange.getRequestURI().getPath();
    if (target != null) {
      json(exchange, target, body);
    } else if (path.equals(FaultsApi.PATH)) {
      faults.handle(exchange, body);
    } else if (path.startsWith("/2015-03-31/")) {
      lambda.handle(exchange, body);
    } else if (path.contains(ConnectionsApi.PATH)) {
      connections.handle(exchange, body);
    } else if (path.equals(SERVICE_EVENTS)) {
      publish(exchange, body);
    } else if (path.startsWith("/v2/email/")) {
      mail(exchange, body);
    } else if (new String(body, StandardCharsets.UTF_8).contains("Action=")) {
      form(exchange, body);
    } else {
      var what = exchange.getRequestMethod() + " " + path + " for " + service(exchange);
      LOG.warn("The local stack has no service for {}", what);
      JsonEdge.refuse(
          exchange,
          new AwsException(
              "UnknownOperationException", "The local stack has no service for " + what));
    }
  }

  private void json(HttpExchange exchange, String target, byte[] body) throws IOException {
    var prefix = JsonEdge.service(target);
    try {
      if (prefix.startsWith("DynamoDB")) {
        pass(exchange, dynamo.forward(target, JsonEdge.contentType(exchange), body));
      } else {
        jsonApis.handle(exchange, target, body);
      }
    } catch (AwsException e) {
      LOG.debug("{} refused: {} {}", target, e.type(), e.text());
      JsonEdge.refuse(exchange, e);
    } catch (IllegalArgumentException e) {
      JsonEdge.refuse(
          exchange, new AwsException("SerializationException", String.valueOf(e.getMessage())));
    }
  }

  /** Takes what a service tells that is played elsewhere, such as SES. */
  private void publish(HttpExchange exchange, byte[] body) throws IOException {
    try {
      var event = Json.parse(body);
      events.publish(
          event.path("source").asText(),
          event.path("detail-type").asText(),
          List.of(),
          event.path("detail"));
      LocalHttpServer.respond(exchange, 204, "", new byte[0]);
    } catch (IllegalArgumentException e) {
      JsonEdge.refuse(
          exchange, new AwsException("SerializationException", String.valueOf(e.getMessage())));
    }
  }

  private void mail(HttpExchange exchange, byte[] body) throws IOException {
    if (mail.isEmpty()) {
      JsonEdge.refuse(
          exchange,
          new AwsException(
              "NotFoundException",
              404,
              "SES is not played in this stack: start it with the parameter SesUrl"));
      return;
    }
    pass(
        exchange,
        http.send(
            exchange.getRequestMethod(),
            URI.create(mail.get() + exchange.getRequestURI().getRawPath()),
            Map.of(
                "Content-Type",
                JsonEdge.contentType(exchange),
                "Authorization",
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))),
            body));
  }

  /** The older protocol: a form in, XML out. */
  private void form(HttpExchange exchange, byte[] body) throws IOException {
    var form = new String(body, StandardCharsets.UTF_8);
    if (form.contains("Action=GetCallerIdentity")) {
      LocalHttpServer.respond(
          exchange,
          200,
          "text/xml",
          """
          <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
            <GetCallerIdentityResult>
              <Arn>arn:aws:iam::000000000000:user/local</Arn>
              <UserId>local</UserId>
              <Account>000000000000</Account>
            </GetCallerIdentityResult>
            <ResponseMetadata><RequestId>local</RequestId></ResponseMetadata>
          </GetCallerIdentityResponse>
          """
              .getBytes(StandardCharsets.UTF_8));
    } else {
      LocalHttpServer.respond(
          exchange,
          400,
          "text/xml",
          ("<ErrorResponse><Error><Type>Sender</Type><Code>InvalidAction</Code><Message>The local"
                  + " stack does not know this action of "
                  + service(exchange)
                  + " in the form protocol; newer SDKs speak JSON"
                  + "</Message></Error></ErrorResponse>")
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void pass(HttpExchange exchange, HttpResponse<byte[]> response)
      throws IOException {
    for (var name : Set.of("x-amz-crc32", "x-amzn-requestid", "x-amzn-query-error")) {
      response
          .headers()
          .firstValue(name)
          .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
    }
    LocalHttpServer.respond(
        exchange,
        response.statusCode(),
        response.headers().firstValue("content-type").orElse(""),
        response.body());
  }

  /** The service in the scope of the signature. */
  private static String service(HttpExchange exchange) {
    var authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (authorization == null) {
      return "an unsigned request";
    }
    var scope = authorization.split("/");
    return scope.length > 3 ? scope[3] : "an unknown service";
  }
}
