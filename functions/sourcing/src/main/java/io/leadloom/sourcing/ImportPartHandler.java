package io.leadloom.sourcing;

import io.leadloom.model.TenantId;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.QueueHandler;
import io.leadloom.platform.Wiring;

/** Behind the queue of the imports' parts. */
public final class ImportPartHandler extends QueueHandler<ImportPart.Message> {

  private final ImportPart importPart;

  /** Called by the Lambda runtime, once per execution environment. */
  public ImportPartHandler() {
    this(Wiring.bean(ImportPart.class), Wiring.bean(Invocations.class));
  }

  ImportPartHandler(ImportPart importPart, Invocations invocations) {
    super(ImportPart.Message.class, invocations);
    this.importPart = importPart;
  }

  @Override
  protected void handle(ImportPart.Message message) {
    importPart.run(TenantId.of(message.tenantId()), message.importId(), message.part());
  }
}
