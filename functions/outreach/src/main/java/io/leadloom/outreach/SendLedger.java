package io.leadloom.outreach;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.LeadRef;
import io.leadloom.model.TenantId;
import io.leadloom.model.Touch;
import io.leadloom.model.fault.ConflictException;
import io.leadloom.platform.Links;
import io.leadloom.platform.Touches;
import jakarta.inject.Singleton;
import java.time.Clock;

/**
 * The state of each hand-over. It is marked before the provider is called and completed after, so
 * that a touch found marked was under way when the process died. Every change is conditional.
 */
@Singleton
final class SendLedger {

  private static final String ACTOR = "step:send-touch";

  private final Touches touches;
  private final Links links;
  private final Clock clock;

  SendLedger(Touches touches, Links links, Clock clock) {
    this.touches = touches;
    this.links = links;
    this.clock = clock;
  }

  /** Marks a planned touch as being handed over now. */
  Touch mark(TenantId tenant, Touch touch, String provider) {
    touches.change(tenant, touch.as(Touch.Status.SENDING, provider, null, clock.instant(), null));
    return reread(tenant, touch);
  }

  /** Takes the mark back, where nothing was handed over: the next attempt is the first again. */
  void unmark(TenantId tenant, Touch touch) {
    touches.change(tenant, touch.as(Touch.Status.PLANNED, null, null, null, null));
  }

  /** The provider has it. */
  Touch sent(TenantId tenant, Touch touch, String provider, String providerId) {
    links.put(
        "provider-message",
        provider + ":" + providerId,
        new LeadRef(tenant, touch.lead(), touch.id()));
    var sent = touch.as(Touch.Status.SENT, provider, providerId, clock.instant(), null);
    return completed(tenant, sent, () -> touches.change(tenant, sent));
  }

  /** The provider may have it; it will not be asked again. */
  Touch unknown(TenantId tenant, Touch touch, String problem) {
    var unknown = touch.as(Touch.Status.UNKNOWN, touch.provider(), null, touch.sentAt(), problem);
    return completed(
        tenant,
        unknown,
        () -> touches.change(tenant, unknown, entry(touch, "touch.unknown", problem)));
  }

  /** It is not sent. */
  void stop(TenantId tenant, Touch touch, String reason) {
    touches.stop(
        tenant,
        touch.as(Touch.Status.STOPPED, touch.provider(), null, null, reason),
        entry(touch, "touch.stopped", reason));
  }

  /** Writes the end of the hand-over, unless the provider's own report of it was faster. */
  private Touch completed(TenantId tenant, Touch touch, Runnable write) {
    try {
      write.run();
      return touch;
    } catch (ConflictException e) {
      var now = reread(tenant, touch);
      if (now.status() == Touch.Status.SENDING || !now.mayHaveArrived()) {
        throw e;
      }
      return now;
    }
  }

  private Touch reread(TenantId tenant, Touch touch) {
    return touches.find(tenant, touch.lead(), touch.id()).orElseThrow();
  }

  private AuditEntry entry(Touch touch, String action, String reason) {
    return new AuditEntry(clock.instant(), ACTOR, action, touch.id().value(), reason);
  }
}
