package io.leadloom.notifications;

import io.leadloom.model.Approval;
import io.leadloom.model.Booking;
import io.leadloom.model.EventType;
import io.leadloom.model.Ids;
import io.leadloom.model.Lead;
import io.leadloom.model.Reply;
import io.leadloom.model.Suppression;
import io.leadloom.model.TenantId;
import io.leadloom.model.Touch;
import io.leadloom.model.WebhookDelivery;
import io.leadloom.model.WebhookEndpoint;
import io.leadloom.platform.Change;
import io.leadloom.platform.WebhookEndpoints;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Tells endpoints what changes of the table mean. An event's id follows from the change, so that it
 * is the same event however often the change is read.
 */
@Singleton
final class PublishEvents {

  private final WebhookEndpoints endpoints;
  private final SendOff sendOff;
  private final Clock clock;

  PublishEvents(WebhookEndpoints endpoints, SendOff sendOff, Clock clock) {
    this.endpoints = endpoints;
    this.sendOff = sendOff;
    this.clock = clock;
  }

  void run(List<Change> changes) {
    // Asked for once a batch and tenant: nearly all tenants have none, and then nothing is done.
    var known = new HashMap<TenantId, List<WebhookEndpoint>>();
    for (var change : changes) {
      var all = known.computeIfAbsent(change.tenant(), endpoints::list);
      if (!all.isEmpty()) {
        happenings(change).forEach(happening -> tell(change, happening, all));
      }
    }
  }

  private void tell(Change change, Happening happening, List<WebhookEndpoint> all) {
    var event = idOf(happening.type(), change.id());
    var body = Payload.of(happening);
    for (var endpoint : all) {
      if (endpoint.wants(happening.type())) {
        sendOff.first(
            change.tenant(),
            WebhookDelivery.of(event, happening.type(), body, endpoint, clock.instant()));
      }
    }
  }

  /** The id of an event, which receivers tell repetitions by; Standard Webhooks allows no dots. */
  static String idOf(EventType type, String cause) {
    return Ids.derive("event", type.code(), cause);
  }

  private List<Happening> happenings(Change change) {
    return switch (change.entity()) {
      case "lead" -> of(change, Lead.class, Happenings::ofLead);
      case "approval" -> of(change, Approval.class, Happenings::ofApproval);
      case "touch" ->
          of(change, Touch.class, (before, now) -> Happenings.ofTouch(before, now, change.at()));
      case "reply" -> of(change, Reply.class, Happenings::ofReply);
      case "booking" -> of(change, Booking.class, Happenings::ofBooking);
      case "suppression" -> of(change, Suppression.class, Happenings::ofSuppression);
      default -> List.of();
    };
  }

  private static <T> List<Happening> of(
      Change change, Class<T> type, BiFunction<Optional<T>, T, List<Happening>> rule) {
    return change.after(type).map(now -> rule.apply(change.before(type), now)).orElseGet(List::of);
  }
}
