package io.leadloom.outreach;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.LeadRef;
import io.leadloom.model.TenantId;
import io.leadloom.model.Touch;
import io.leadloom.model.fault.ConflictException;
import io.leadloom.platform.Audit;
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
  private final Audit audit;
  private final Clock clock;

  SendLedger(Touches touches, Links links, Audit audit, Clock clock) {
    this.touches = touches;
    this.links = links;
    this.audit = audit;
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
    return complete(
        tenant, touch.as(Touch.Status.SENT, provider, providerId, clock.instant(), null));
  }

  /** The provider may have it; it will not be asked again. */
  Touch unknown(TenantId tenant, Touch touch, String problem) {
    note(tenant, touch, "touch.unknown", problem);
    return complete(
        tenant, touch.as(Touch.Status.UNKNOWN, touch.provider(), null, touch.sentAt(), problem));
  }

  /** It is not sent. */
  void stop(TenantId tenant, Touch touch, String reason) {
    note(tenant, touch, "touch.stopped", reason);
    touches.stop(tenant, touch.as(Touch.Status.STOPPED, touch.provider(), null, null, reason));
  }

  /** Writes the end of the hand-over, unless the provider's own report of it was faster. */
  private Touch complete(TenantId tenant, Touch touch) {
    try {
      touches.change(tenant, touch);
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

  private void note(TenantId tenant, Touch touch, String action, String reason) {
    audit.record(
        tenant, new AuditEntry(clock.instant(), ACTOR, action, touch.id().value(), reason));
  }
}
