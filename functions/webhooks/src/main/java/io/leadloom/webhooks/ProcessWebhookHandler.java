package io.leadloom.webhooks;

import io.leadloom.platform.Invocations;
import io.leadloom.platform.QueueHandler;
import io.leadloom.platform.Wiring;

/** Behind the queue of verified webhooks and mail events. */
public final class ProcessWebhookHandler extends QueueHandler<Intake.Arrived> {

  private final ProcessWebhook processWebhook;

  /** Called by the Lambda runtime, once per execution environment. */
  public ProcessWebhookHandler() {
    this(Wiring.bean(ProcessWebhook.class), Wiring.bean(Invocations.class));
  }

  ProcessWebhookHandler(ProcessWebhook processWebhook, Invocations invocations) {
    super(Intake.Arrived.class, invocations);
    this.processWebhook = processWebhook;
  }

  @Override
  protected void handle(Intake.Arrived message) {
    processWebhook.run(message.provider(), message.eventId());
  }
}
