package io.leadloom.lifecycle;

import io.leadloom.platform.Invocations;
import io.leadloom.platform.StepHandler;
import io.leadloom.platform.Wiring;

/** The daily schedule that removes what was put away long ago. */
public final class PurgeDeletedHandler
    extends StepHandler<PurgeDeletedHandler.Request, PurgeDeletedHandler.Response> {

  private final PurgeDeleted purgeDeleted;

  /** Called by the Lambda runtime, once per execution environment. */
  public PurgeDeletedHandler() {
    this(Wiring.bean(PurgeDeleted.class), Wiring.bean(Invocations.class));
  }

  PurgeDeletedHandler(PurgeDeleted purgeDeleted, Invocations invocations) {
    super(Request.class, invocations);
    this.purgeDeleted = purgeDeleted;
  }

  @Override
  protected Response handle(Request request) {
    return new Response(purgeDeleted.run());
  }

  /** The schedule's event tells nothing that matters. */
  public record Request() {}

  /** How many leads were removed. */
  public record Response(int removed) {}
}
