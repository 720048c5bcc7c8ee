package io.leadloom.drafting;

import io.leadloom.drafting.DraftMessage.Order;
import io.leadloom.drafting.DraftMessage.Outcome;
import io.leadloom.model.DraftId;
import io.leadloom.model.LeadId;
import io.leadloom.model.Purpose;
import io.leadloom.model.ReplyId;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.StepHandler;
import io.leadloom.platform.Wiring;
import org.jspecify.annotations.Nullable;

/** The steps of {@code lead-lifecycle.asl.json} that write a message or revise one. */
public final class DraftMessageHandler
    extends StepHandler<DraftMessageHandler.Request, DraftMessageHandler.Response> {

  private final DraftMessage draftMessage;

  /** Called by the Lambda runtime, once per execution environment. */
  public DraftMessageHandler() {
    this(Wiring.bean(DraftMessage.class), Wiring.bean(Invocations.class));
  }

  DraftMessageHandler(DraftMessage draftMessage, Invocations invocations) {
    super(Request.class, invocations);
    this.draftMessage = draftMessage;
  }

  /**
   * Which message.
   *
   * @param purpose name of a {@link Purpose}
   * @param step which of its purpose, from 1
   * @param replyId the reply it answers
   * @param revises id of the draft it takes the place of
   * @param note what the reviser asks for
   */
  public record Request(
      String tenantId,
      String leadId,
      String correlationId,
      String purpose,
      int step,
      @Nullable String replyId,
      @Nullable String revises,
      @Nullable String note) {}

  /**
   * What came of it.
   *
   * @param outcome {@code DRAFTED} or {@code REFUSED}
   * @param reason code of the first problem where it was refused
   */
  public record Response(String outcome, @Nullable String draftId, @Nullable String reason) {}

  @Override
  protected Response handle(Request request) {
    return switch (draftMessage.run(order(request))) {
      case Outcome.Drafted(var draft) -> new Response("DRAFTED", draft.value(), null);
      case Outcome.Refused(var problems) ->
          new Response("REFUSED", null, problems.isEmpty() ? null : problems.getFirst().code());
    };
  }

  private static Order order(Request request) {
    return new Order(
        TenantId.of(request.tenantId()),
        LeadId.of(request.leadId()),
        purpose(request.purpose()),
        Math.max(1, request.step()),
        request.replyId() == null ? null : ReplyId.of(request.replyId()),
        request.revises() == null ? null : DraftId.of(request.revises()),
        request.note());
  }

  private static Purpose purpose(String name) {
    try {
      return Purpose.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "draft.purpose", "'" + name + "' is no purpose of a message", e);
    }
  }
}
