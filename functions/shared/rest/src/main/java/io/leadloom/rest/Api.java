package io.leadloom.rest;

import io.leadloom.model.Ids;
import io.leadloom.model.fault.ConflictException;
import io.leadloom.model.fault.Fault;
import io.leadloom.model.fault.ForbiddenException;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.model.fault.NotFoundException;
import io.leadloom.model.fault.PermanentException;
import io.leadloom.model.fault.TenantBoundaryException;
import io.leadloom.model.fault.TransientException;
import io.leadloom.model.fault.UnauthenticatedException;
import io.leadloom.platform.HttpRequest;
import io.leadloom.platform.HttpResponse;
import io.leadloom.platform.IdempotentRequests.Claim;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The REST API over the operations that resources declare. A request is routed, its caller and rate
 * checked, then its form; a POST is claimed by its idempotency key; only then the operation works.
 */
@Singleton
public final class Api {

  /** Where the document is served. */
  public static final String DOCUMENT = "/v1/openapi.json";

  /** The code of stores for a change that somebody else was faster with. */
  private static final String CHANGED = "table.changed";

  static final String KEY_FORM = "^[!-~]{1,255}$";

  private final Router router;
  private final Checks checks;
  private final byte[] document;
  private final RateLimit rate;
  private final Repetitions repetitions;

  /** The operations of all resources that there are. */
  Api(List<Resource> resources, RateLimit rate, Repetitions repetitions) {
    var operations =
        resources.stream()
            .<Operation<?, ?, ?>>flatMap(resource -> resource.operations().stream())
            .sorted(Comparator.comparing(Operation::path))
            .toList();
    var schemas = new Schemas();
    this.router = new Router(operations);
    this.checks = new Checks(operations, schemas);
    this.document = Wire.bytes(new OpenApi(schemas).of(operations));
    this.rate = rate;
    this.repetitions = repetitions;
  }

  /** The OpenAPI document, as it is served. */
  public byte[] document() {
    return document.clone();
  }

  /** Answers a request. */
  public HttpResponse answer(HttpRequest request) {
    HttpResponse response;
    try {
      response = routed(request);
    } catch (Refusal refusal) {
      response = problem(refusal.problem());
    } catch (PermanentException | TransientException fault) {
      // Told apart here so that the log has them with their causes.
      throw fault;
    } catch (Fault fault) {
      response = problem(fault);
    }
    return request.method().equals("HEAD")
        ? new HttpResponse(response.status(), response.headers(), new byte[0])
        : response;
  }

  private HttpResponse routed(HttpRequest request) {
    if (request.path().equals(DOCUMENT) && Set.of("GET", "HEAD").contains(request.method())) {
      return new HttpResponse(
          200,
          Map.of("content-type", "application/json", "cache-control", "public, max-age=300"),
          document);
    }
    return switch (router.match(request.method(), request.path())) {
      case Router.Match.Nothing() ->
          throw new Refusal(
              404, "path.unknown", "There is nothing at this path; " + DOCUMENT + " lists all");
      case Router.Match.OtherMethods(var allowed) ->
          with(
              problem(
                  Problem.of(
                      405,
                      "method.not-allowed",
                      "This path is for " + String.join(", ", allowed),
                      List.of())),
              "allow",
              String.join(", ", allowed));
      case Router.Match.Found(var operation, var path) -> permitted(request, operation, path);
    };
  }

  private <Q, B, O> HttpResponse permitted(
      HttpRequest request, Operation<Q, B, O> operation, Map<String, String> path) {
    var sender = Sender.of(request);
    operation.permission().ifPresent(permission -> sender.caller().require(permission));
    var wait =
        sender.identified().isPresent()
            ? rate.take(sender.caller().tenant())
            : rate.take(sender.person().user());
    if (wait.isPresent()) {
      return with(
          problem(
              Problem.of(
                  429,
                  "rate.exceeded",
                  "Your organisation sent too many requests; go on in %d seconds"
                      .formatted(wait.get()),
                  List.of())),
          "retry-after",
          Long.toString(wait.get()));
    }
    return operation.isPost()
        ? once(request, operation, path, sender)
        : response(operation, run(operation, call(request, operation, path, sender, "")));
  }

  private <Q, B, O> Call<Q, B> call(
      HttpRequest request,
      Operation<Q, B, O> operation,
      Map<String, String> path,
      Sender sender,
      String effectId) {
    var query = checks.query(request.query(), operation.query());
    var sent = new HashSet<String>();
    B body;
    if (operation.hasBody()) {
      requireJson(request, operation.maxBytes());
      var tree = Wire.tree(request.body());
      body = checks.body(tree, operation.body());
      tree.fieldNames().forEachRemaining(sent::add);
    } else {
      body = operation.body().cast(new None());
    }
    return new Call<>(sender, path, query, body, sent, seen(request, operation), effectId);
  }

  private static void requireJson(HttpRequest request, int maxBytes) {
    var type = request.header("content-type").orElse("").split(";")[0].strip();
    if (!type.equalsIgnoreCase("application/json")) {
      throw new Refusal(
          415, "body.not-json", "Send the body as application/json, and say so in Content-Type");
    }
    if (request.body().length > maxBytes) {
      throw new Refusal(
          413,
          "body.too-large",
          "The body has %d bytes, and %d are the most; send less at a time"
              .formatted(request.body().length, maxBytes));
    }
  }

  private static Revision seen(HttpRequest request, Operation<?, ?, ?> operation) {
    if (!operation.changesWhatWasSeen()) {
      return Revision.ANY;
    }
    return request
        .header("if-match")
        .filter(tags -> !tags.isBlank())
        .map(Revision::of)
        .orElseThrow(() ->
            new Refusal(
                428,
                "revision.required",
                "Send the ETag of what you saw as If-Match, so that nobody's change is lost"));
  }

  /** Acts on a POST unless a request with its key did, or does. */
  private <Q, B, O> HttpResponse once(
      HttpRequest request, Operation<Q, B, O> operation, Map<String, String> path, Sender sender) {
    var key = request.header("idempotency-key").orElse("");
    if (!key.matches(KEY_FORM)) {
      throw new Refusal(
          400,
          "idempotency.no-key",
          "Send an Idempotency-Key of 1 to 255 visible ASCII characters; a repetition with the same"
              + " key acts no second time");
    }
    var whose = repetitions.of(sender, operation);
    // What is not well-formed does not use up its key.
    var call = call(request, operation, path, sender, Ids.hash(whose.name(), key).substring(0, 32));
    var fingerprint =
        Ids.hash(
            sender.actor(),
            request.method(),
            request.path(),
            request.query().toString(),
            new String(request.body(), StandardCharsets.ISO_8859_1));
    return switch (whose.claim(key, fingerprint)) {
      case Claim.Granted granted -> {
        HttpResponse response;
        try {
          response = response(operation, run(operation, call));
        } catch (RuntimeException e) {
          whose.release(granted);
          throw e;
        }
        whose.complete(granted, response);
        yield response;
      }
      case Claim.Done done -> with(whose.answer(done), "idempotency-replayed", "true");
      case Claim.Running() ->
          throw new Refusal(
              409,
              "idempotency.running",
              "A request with this Idempotency-Key is being worked on; ask again in a moment");
      case Claim.Other() ->
          throw new Refusal(
              422,
              "idempotency.reused",
              "This Idempotency-Key was used for another request in the last 24 hours; take a new"
                  + " one");
    };
  }

  private static <Q, B, O> Answer<O> run(Operation<Q, B, O> operation, Call<Q, B> call) {
    try {
      return operation.run(call);
    } catch (ConflictException e) {
      if (operation.changesWhatWasSeen() && e.code().equals(CHANGED)) {
        throw new Refusal(
            412, "revision.changed", "It was changed meanwhile; read it again, then change it");
      }
      throw e;
    }
  }

  private static <O> HttpResponse response(Operation<?, ?, O> operation, Answer<O> answer) {
    var refused = answer.problem();
    if (refused != null) {
      return problem(refused);
    }
    if (!operation.statuses().contains(answer.status())) {
      throw new IllegalStateException(
          operation + " does not declare the status " + answer.status() + " that it answers with");
    }
    var headers = new LinkedHashMap<String, String>();
    headers.put("cache-control", "no-store");
    var revision = answer.revision();
    if (revision != null) {
      headers.put("etag", Revision.tag(revision));
    }
    var location = answer.location();
    if (location != null) {
      headers.put("location", location);
    }
    var body = answer.body();
    if (body == null) {
      return new HttpResponse(answer.status(), headers, new byte[0]);
    }
    headers.put("content-type", "application/json");
    return new HttpResponse(answer.status(), headers, Wire.bytes(body));
  }

  private static HttpResponse problem(Fault fault) {
    var status =
        switch (fault) {
          case InvalidInputException f -> 400;
          case UnauthenticatedException f -> 401;
          case ForbiddenException f -> 403;
          case NotFoundException f -> 404;
          case TenantBoundaryException f -> 404;
          case ConflictException f -> 409;
          case TransientException f -> 503;
          case PermanentException f -> 500;
        };
    return fault instanceof TenantBoundaryException
        ? problem(Problem.of(404, "not-found", "There is no such thing", List.of()))
        : problem(Problem.of(status, fault.code(), fault.getMessage(), List.of()));
  }

  private static HttpResponse problem(Problem problem) {
    return new HttpResponse(
        problem.status(),
        Map.of("content-type", "application/problem+json", "cache-control", "no-store"),
        Wire.bytes(problem));
  }

  private static HttpResponse with(HttpResponse response, String header, String value) {
    var headers = new LinkedHashMap<>(response.headers());
    headers.put(header, value);
    return new HttpResponse(response.status(), headers, response.body());
  }
}
