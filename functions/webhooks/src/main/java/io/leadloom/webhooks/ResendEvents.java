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
import io.leadloom.platform.Links;
import io.leadloom.platform.Touches;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What Resend tells about a message: that it arrived, came back, or annoyed somebody. */
@Singleton
final class ResendEvents implements EventProcessor {

  private final Links links;
  private final Touches touches;
  private final Arrivals arrivals;

  ResendEvents(Links links, Touches touches, Arrivals arrivals) {
    this.links = links;
    this.touches = touches;
    this.arrivals = arrivals;
  }

  @Override
  public String provider() {
    return "resend";
  }

  @Override
  public void process(InboxEvent event) {
    var body = Json.tree(event.body().getBytes(StandardCharsets.UTF_8));
    var data = body.path("data");
    if (tag(data, "kind").equals("notice")) {
      return;
    }
    var type = body.path("type").asText();
    var told = ResendEvent.of(type);
    if (told.isEmpty()) {
      return;
    }
    var ref = byTags(event.tenant(), data).or(() -> byLink(event.tenant(), data));
    var touch = ref.flatMap(this::touch);
    if (ref.isEmpty() || touch.isEmpty()) {
      arrivals.note(
          event.tenant(), "webhook.unmatched", event.id(), "resend." + type, event.receivedAt());
      return;
    }
    apply(event, told.get(), data, ref.get(), touch.get());
  }

  private void apply(InboxEvent event, ResendEvent told, JsonNode data, LeadRef ref, Touch touch) {
    var at = event.receivedAt();
    var id = data.path("email_id").asText();
    switch (told) {
      case DELIVERED, OPENED, CLICKED ->
          arrivals.mark(ref.tenant(), touch, Touch.Status.DELIVERED, id);
      case BOUNCED -> {
        // What is not known to be temporary counts as final.
        if (data.path("bounce").path("type").asText().equals("Transient")) {
          arrivals.note(
              ref.tenant(), "touch.soft-bounced", touch.id().value(), "bounce.transient", at);
        } else {
          cameBack(ref, touch, id, "bounce.hard", event);
        }
      }
      case SUPPRESSED -> cameBack(ref, touch, id, "bounce.suppressed-by-provider", event);
      case COMPLAINED -> {
        arrivals.suppressForAll(ref, touch.to(), "complaint.spam", at);
        arrivals.mark(ref.tenant(), touch, Touch.Status.COMPLAINED, id);
        arrivals.report(ref, touch, Reply.Kind.COMPLAINT, at);
      }
      case FAILED ->
          arrivals.note(ref.tenant(), "touch.failed", touch.id().value(), "resend.failed", at);
    }
  }

  private void cameBack(
      LeadRef ref, Touch touch, String providerId, String reason, InboxEvent event) {
    arrivals.suppressForAll(ref, touch.to(), reason, event.receivedAt());
    arrivals.mark(ref.tenant(), touch, Touch.Status.BOUNCED, providerId);
    arrivals.report(ref, touch, Reply.Kind.BOUNCE, event.receivedAt());
  }

  /** The tags are ours, but another tenant may have set them: only its own leads are looked at. */
  private static Optional<LeadRef> byTags(TenantId tenant, JsonNode data) {
    if (!tag(data, "tenant").equals(tenant.value())) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new LeadRef(tenant, LeadId.of(tag(data, "lead")), TouchId.of(tag(data, "touch"))));
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }

  private Optional<LeadRef> byLink(TenantId tenant, JsonNode data) {
    return links
        .find("provider-message", "resend:" + data.path("email_id").asText())
        .filter(ref -> ref.tenant().equals(tenant));
  }

  private Optional<Touch> touch(LeadRef ref) {
    var id = ref.touch();
    return id == null ? Optional.empty() : touches.find(ref.tenant(), ref.lead(), id);
  }

  /** Tags come as an object of names and values, or as a list of both. */
  private static String tag(JsonNode data, String name) {
    var tags = data.path("tags");
    for (var tag : tags) {
      if (tag.path("name").asText().equals(name)) {
        return tag.path("value").asText();
      }
    }
    return tags.path(name).asText();
  }
}
