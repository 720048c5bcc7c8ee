package io.leadloom.notifications;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.EndpointId;
import io.leadloom.model.EventType;
import io.leadloom.model.Permission;
import io.leadloom.model.WebhookDelivery;
import io.leadloom.model.WebhookEndpoint;
import io.leadloom.platform.WebhookEndpoints;
import io.leadloom.rest.About;
import io.leadloom.rest.Answer;
import io.leadloom.rest.Call;
import io.leadloom.rest.Clearable;
import io.leadloom.rest.Length;
import io.leadloom.rest.None;
import io.leadloom.rest.Operation;
import io.leadloom.rest.Resource;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The addresses at which a tenant's own systems are told what happens. */
@Singleton
final class EndpointsResource implements Resource {

  /** Each event is told to each of them. */
  private static final int MOST = 20;

  /** How long the secret before a rotation signs as well. */
  private static final Duration OVERLAP = Duration.ofHours(24);

  private final WebhookEndpoints endpoints;
  private final EndpointSecrets secrets;
  private final Targets targets;
  private final SendOff sendOff;
  private final Clock clock;

  EndpointsResource(
      WebhookEndpoints endpoints,
      EndpointSecrets secrets,
      Targets targets,
      SendOff sendOff,
      Clock clock) {
    this.endpoints = endpoints;
    this.secrets = secrets;
    this.targets = targets;
    this.sendOff = sendOff;
    this.clock = clock;
  }

  @Override
  public List<Operation<?, ?, ?>> operations() {
    var one = "/webhook-endpoints/{endpointId}";
    return List.of(
        Operation.get("/webhook-endpoints", "listWebhookEndpoints")
            .does("Lists the webhook endpoints, oldest first", Permission.READ_WEBHOOKS)
            .answers(EndpointList.class, 200)
            .by(call ->
                Answer.ok(
                    new EndpointList(
                        endpoints.list(call.tenant()).stream().map(EndpointView::of).toList()))),
        Operation.post("/webhook-endpoints", "createWebhookEndpoint")
            .does(
                "Has an address told what happens, by Standard Webhooks", Permission.WRITE_WEBHOOKS)
            .body(NewEndpoint.class)
            .answers(EndpointView.class, 201)
            .by(this::create),
        Operation.get(one, "getWebhookEndpoint")
            .does("Shows a webhook endpoint", Permission.READ_WEBHOOKS)
            .answers(EndpointView.class, 200)
            .by(call -> answer(endpoint(call))),
        Operation.patch(one, "changeWebhookEndpoint")
            .does("Changes a webhook endpoint, or switches it on or off", Permission.WRITE_WEBHOOKS)
            .body(EndpointChange.class)
            .answers(EndpointView.class, 200)
            .refuses(422)
            .by(this::change),
        Operation.delete(one, "deleteWebhookEndpoint")
            .does("Forgets a webhook endpoint; it is told nothing more", Permission.WRITE_WEBHOOKS)
            .answersNothing()
            .by(this::delete),
        Operation.get(one + "/secret", "getWebhookSecret")
            .does(
                "Shows the secret with which an endpoint's receiver verifies signatures",
                Permission.WRITE_WEBHOOKS)
            .answers(EndpointSecret.class, 200)
            .by(call -> Answer.ok(secret(call, endpoint(call)))),
        Operation.post(one + "/secret-rotation", "rotateWebhookSecret")
            .does(
                "Gives an endpoint a new secret, which is then shown at its path; for 24 hours the"
                    + " one before signs as well",
                Permission.WRITE_WEBHOOKS)
            .answers(EndpointView.class, 200)
            .by(this::rotate),
        Operation.post(one + "/test-event", "sendWebhookTestEvent")
            .does("Sends an endpoint an event of type webhook.test", Permission.WRITE_WEBHOOKS)
            .answers(DeliveryView.class, 202)
            .by(this::test));
  }

  private Answer<EndpointView> create(Call<None, NewEndpoint> call) {
    var id = EndpointId.of("endpoint-" + call.effectId());
    var there = endpoints.list(call.tenant());
    var made = there.stream().filter(endpoint -> endpoint.id().equals(id)).findFirst();
    if (made.isEmpty()) {
      if (there.size() >= MOST) {
        return Answer.refused(
            422,
            "webhook-endpoint.too-many",
            "There can be no more than %d; delete one first".formatted(MOST));
      }
      var objection = targets.objection(call.body().url());
      if (objection.isPresent()) {
        return refused(objection.get());
      }
      var wanted =
          WebhookEndpoint.made(
              id,
              call.body().url(),
              typesOf(call.body().types()),
              call.body().description(),
              clock.instant());
      endpoints.create(call.tenant(), wanted, entry(call, "webhook-endpoint.created", id));
    }
    var now = endpoints.get(call.tenant(), id);
    return Answer.created("/v1/webhook-endpoints/" + id, EndpointView.of(now), now.rev());
  }

  private Answer<EndpointView> change(Call<None, EndpointChange> call) {
    var seen = endpoint(call);
    call.seen().require(seen.rev());
    var wanted = call.body();
    var now = clock.instant();
    var changed = seen;
    if (wanted.url() != null) {
      var objection = targets.objection(wanted.url());
      if (objection.isPresent()) {
        return refused(objection.get());
      }
      changed = changed.at(wanted.url(), now);
    }
    if (wanted.types() != null) {
      changed = changed.wanting(typesOf(wanted.types()), now);
    }
    if (call.sent().contains("description")) {
      changed = changed.describedAs(wanted.description(), now);
    }
    if (Boolean.TRUE.equals(wanted.enabled())) {
      changed = changed.in(WebhookEndpoint.State.ENABLED, now);
    }
    // One that we switched off stays so, and says why.
    if (Boolean.FALSE.equals(wanted.enabled()) && seen.enabled()) {
      changed = changed.in(WebhookEndpoint.State.DISABLED, now);
    }
    return keep(call, seen, changed, "webhook-endpoint.changed");
  }

  private Answer<None> delete(Call<None, None> call) {
    var endpoint = endpoint(call);
    call.seen().require(endpoint.rev());
    endpoints.delete(
        call.tenant(), endpoint.id(), entry(call, "webhook-endpoint.deleted", endpoint.id()));
    return Answer.nothing();
  }

  private Answer<EndpointView> rotate(Call<None, None> call) {
    var seen = endpoint(call);
    var now = clock.instant();
    return keep(
        call,
        seen,
        seen.rotated(call.effectId(), now.plus(OVERLAP), now),
        "webhook-endpoint.secret-rotated");
  }

  private Answer<DeliveryView> test(Call<None, None> call) {
    var endpoint = endpoint(call);
    if (!endpoint.enabled()) {
      return Answer.refused(
          409, "webhook-endpoint.off", "The endpoint is switched off; switch it on first");
    }
    var now = clock.instant();
    var happening =
        new Happening(EventType.WEBHOOK_TEST, now, new Happening.TestData(endpoint.id().value()));
    var delivery =
        WebhookDelivery.of(
            PublishEvents.idOf(EventType.WEBHOOK_TEST, call.effectId()),
            EventType.WEBHOOK_TEST,
            Payload.of(happening),
            endpoint,
            now);
    sendOff.first(call.tenant(), delivery);
    return Answer.accepted("/v1/webhook-deliveries/" + delivery.id(), DeliveryView.of(delivery));
  }

  private Answer<EndpointView> keep(
      Call<?, ?> call, WebhookEndpoint seen, WebhookEndpoint changed, String action) {
    return changed.equals(seen)
        ? answer(seen)
        : answer(endpoints.replace(call.tenant(), changed, entry(call, action, seen.id())));
  }

  private EndpointSecret secret(Call<?, ?> call, WebhookEndpoint endpoint) {
    return new EndpointSecret(secrets.of(call.tenant(), endpoint).text(), endpoint.previousUntil());
  }

  private WebhookEndpoint endpoint(Call<?, ?> call) {
    return endpoints.get(call.tenant(), EndpointId.of(call.id("endpointId")));
  }

  private AuditEntry entry(Call<?, ?> call, String action, EndpointId id) {
    return new AuditEntry(clock.instant(), call.caller().actor(), action, id.value(), "asked for");
  }

  private static Set<EventType> typesOf(@Nullable List<EventType> types) {
    return types == null ? Set.of() : Set.copyOf(types);
  }

  private static Answer<EndpointView> refused(String objection) {
    return Answer.refused(422, "webhook-endpoint.url", objection);
  }

  private static Answer<EndpointView> answer(WebhookEndpoint endpoint) {
    return Answer.ok(EndpointView.of(endpoint), endpoint.rev());
  }

  /** An endpoint to make. */
  record NewEndpoint(
      @About("Where to, by HTTPS, at a host of the public Internet") @Length(max = 2_000)
          String url,
      @About("What it is told of; absent or empty: everything") @Nullable @Length(min = 0, max = 50)
          List<EventType> types,
      @Nullable @Length(max = 200) String description) {}

  /** What to change. */
  record EndpointChange(
      @Nullable @Length(max = 2_000) String url,
      @Nullable @Length(min = 0, max = 50) List<EventType> types,
      @Nullable @Clearable @Length(max = 200) String description,
      @About(
              "False switches it off: what happens meanwhile is kept for 30 days and can be"
                  + " replayed")
          @Nullable Boolean enabled) {}

  /** Endpoints of a tenant. */
  record EndpointList(List<EndpointView> endpoints) {}

  /** The secret of an endpoint. */
  record EndpointSecret(
      @About("'whsec_' and the key in base64") String secret,
      @About("Until when the secret before signs as well") @Nullable Instant previousUntil) {}
}
