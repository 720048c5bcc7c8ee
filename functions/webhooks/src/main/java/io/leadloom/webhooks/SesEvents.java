package io.leadloom.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.LeadId;
import io.leadloom.model.LeadRef;
import io.leadloom.model.Reply;
import io.leadloom.model.TenantId;
import io.leadloom.model.Touch;
import io.leadloom.model.TouchId;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.platform.Inbox.InboxEvent;
import io.leadloom.platform.Json;
import io.leadloom.platform.Touches;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What Amazon SES tells about a message: that it arrived, came back, or annoyed somebody. See the
 * developer guide, "Event publishing".
 */
@Singleton
final class SesEvents implements EventProcessor {

  static final String PROVIDER = "ses";

  private final Touches touches;
  private final Arrivals arrivals;

  SesEvents(Touches touches, Arrivals arrivals) {
    this.touches = touches;
    this.arrivals = arrivals;
  }

  @Override
  public String provider() {
    return PROVIDER;
  }

  @Override
  public void process(InboxEvent event) {
    var detail = Json.tree(event.body().getBytes(StandardCharsets.UTF_8));
    var type = detail.path("eventType").asText();
    var ref = byTags(event.tenant(), detail);
    var touch = ref.flatMap(this::touch);
    if (ref.isEmpty() || touch.isEmpty()) {
      arrivals.note(
          event.tenant(), "webhook.unmatched", event.id(), "ses." + type, event.receivedAt());
      return;
    }
    apply(event, type, detail, ref.get(), touch.get());
  }

  private void apply(InboxEvent event, String type, JsonNode detail, LeadRef ref, Touch touch) {
    var at = event.receivedAt();
    var id = detail.path("mail").path("messageId").asText();
    switch (type) {
      case "Delivery", "Open", "Click" ->
          arrivals.mark(ref.tenant(), touch, Touch.Status.DELIVERED, id);
      case "Bounce" -> {
        // What is not known to be temporary counts as final.
        if (detail.path("bounce").path("bounceType").asText().equals("Transient")) {
          arrivals.note(
              ref.tenant(), "touch.soft-bounced", touch.id().value(), "bounce.transient", at);
        } else {
          arrivals.suppressForAll(ref, touch.to(), "bounce.hard", at);
          arrivals.mark(ref.tenant(), touch, Touch.Status.BOUNCED, id);
          arrivals.report(ref, touch, Reply.Kind.BOUNCE, at);
        }
      }
      case "Complaint" -> {
        // Somebody took a message out of the spam folder.
        if (!detail.path("complaint").path("complaintFeedbackType").asText().equals("not-spam")) {
          arrivals.suppressForAll(ref, touch.to(), "complaint.spam", at);
          arrivals.mark(ref.tenant(), touch, Touch.Status.COMPLAINED, id);
          arrivals.report(ref, touch, Reply.Kind.COMPLAINT, at);
        }
      }
      case "Reject" ->
          arrivals.note(ref.tenant(), "touch.failed", touch.id().value(), "ses.rejected", at);
      default -> {
        // Of the others, such as Send or DeliveryDelay, nothing follows.
      }
    }
  }

  /** The tags are ours, but another tenant may have set them: only its own leads are looked at. */
  private static Optional<LeadRef> byTags(TenantId tenant, JsonNode detail) {
    try {
      return Optional.of(
          new LeadRef(tenant, LeadId.of(tag(detail, "lead")), TouchId.of(tag(detail, "touch"))));
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }

  private Optional<Touch> touch(LeadRef ref) {
    var id = ref.touch();
    return id == null ? Optional.empty() : touches.find(ref.tenant(), ref.lead(), id);
  }

  /** The first value of a tag that the message was sent with; empty where it has none. */
  static String tag(JsonNode detail, String name) {
    return detail.path("mail").path("tags").path(name).path(0).asText();
  }
}
