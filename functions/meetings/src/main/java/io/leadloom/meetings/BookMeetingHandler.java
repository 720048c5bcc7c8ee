package io.leadloom.meetings;

import io.leadloom.meetings.BookMeeting.Outcome;
import io.leadloom.model.LeadId;
import io.leadloom.model.ReplyId;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.StepHandler;
import io.leadloom.platform.Wiring;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The "Book meeting" step of {@code lead-lifecycle.asl.json}. */
public final class BookMeetingHandler
    extends StepHandler<BookMeetingHandler.Request, BookMeetingHandler.Response> {

  private final BookMeeting bookMeeting;

  /** Called by the Lambda runtime, once per execution environment. */
  public BookMeetingHandler() {
    this(Wiring.bean(BookMeeting.class), Wiring.bean(Invocations.class));
  }

  BookMeetingHandler(BookMeeting bookMeeting, Invocations invocations) {
    super(Request.class, invocations);
    this.bookMeeting = bookMeeting;
  }

  /**
   * Whose meeting.
   *
   * @param replyId the reply that agrees to it
   */
  public record Request(String tenantId, String leadId, String correlationId, String replyId) {}

  /**
   * What came of it.
   *
   * @param outcome {@code BOOKED} or {@code NO_SLOT}
   */
  public record Response(String outcome, @Nullable String bookingId, @Nullable Instant start) {}

  @Override
  protected Response handle(Request request) {
    var outcome =
        bookMeeting.run(
            TenantId.of(request.tenantId()),
            LeadId.of(request.leadId()),
            ReplyId.of(request.replyId()));
    return switch (outcome) {
      case Outcome.Booked(var booking) ->
          new Response("BOOKED", booking.id().value(), booking.start());
      case Outcome.NoSlot() -> new Response("NO_SLOT", null, null);
    };
  }
}
