package io.leadloom.crm;

import io.leadloom.model.BookingId;
import io.leadloom.model.LeadId;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.StepHandler;
import io.leadloom.platform.Wiring;

/** The "Sync CRM" step of {@code lead-lifecycle.asl.json}. */
public final class SyncCrmHandler
    extends StepHandler<SyncCrmHandler.Request, SyncCrmHandler.Response> {

  private final SyncCrm syncCrm;

  /** Called by the Lambda runtime, once per execution environment. */
  public SyncCrmHandler() {
    this(Wiring.bean(SyncCrm.class), Wiring.bean(Invocations.class));
  }

  SyncCrmHandler(SyncCrm syncCrm, Invocations invocations) {
    super(Request.class, invocations);
    this.syncCrm = syncCrm;
  }

  /** Which booking to hand over. */
  public record Request(String tenantId, String leadId, String correlationId, String bookingId) {}

  /**
   * What came of it.
   *
   * @param outcome {@code SYNCED}
   * @param crmId what the CRM calls the booking
   */
  public record Response(String outcome, String crmId) {}

  @Override
  protected Response handle(Request request) {
    return new Response(
        "SYNCED",
        syncCrm.run(
            TenantId.of(request.tenantId()),
            LeadId.of(request.leadId()),
            BookingId.of(request.bookingId())));
  }
}
