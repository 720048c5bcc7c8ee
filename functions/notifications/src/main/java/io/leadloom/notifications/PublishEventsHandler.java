package io.leadloom.notifications;

import io.leadloom.platform.Change;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.StreamHandler;
import io.leadloom.platform.Wiring;
import java.util.List;

/** Reads the stream of the table and tells webhook endpoints what happened. */
public final class PublishEventsHandler extends StreamHandler {

  private final PublishEvents publishEvents;

  /** Called by the Lambda runtime, once per execution environment. */
  public PublishEventsHandler() {
    this(Wiring.bean(PublishEvents.class), Wiring.bean(Invocations.class));
  }

  PublishEventsHandler(PublishEvents publishEvents, Invocations invocations) {
    super(invocations);
    this.publishEvents = publishEvents;
  }

  @Override
  protected void handle(List<Change> changes) {
    publishEvents.run(changes);
  }
}
