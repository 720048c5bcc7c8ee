package io.leadloom.approvals;

import io.leadloom.platform.Invocations;
import io.leadloom.platform.StepHandler;
import io.leadloom.platform.Wiring;

/** The hourly schedule that reminds approvers. */
public final class RemindApproversHandler
    extends StepHandler<RemindApproversHandler.Request, RemindApproversHandler.Response> {

  private final RemindApprovers remindApprovers;

  /** Called by the Lambda runtime, once per execution environment. */
  public RemindApproversHandler() {
    this(Wiring.bean(RemindApprovers.class), Wiring.bean(Invocations.class));
  }

  RemindApproversHandler(RemindApprovers remindApprovers, Invocations invocations) {
    super(Request.class, invocations);
    this.remindApprovers = remindApprovers;
  }

  @Override
  protected Response handle(Request request) {
    return new Response(remindApprovers.run());
  }

  /** The schedule's event tells nothing that matters. */
  public record Request() {}

  /** How many drafts approvers were reminded of. */
  public record Response(int reminded) {}
}
