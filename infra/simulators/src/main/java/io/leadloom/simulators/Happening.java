package io.leadloom.simulators;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that changed the {@link World}; one line of its file. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "happening")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Happening.MessageSent.class, name = "message-sent"),
  @JsonSubTypes.Type(value = Happening.BookingMade.class, name = "booking-made"),
  @JsonSubTypes.Type(value = Happening.ReactionDone.class, name = "reaction-done"),
  @JsonSubTypes.Type(value = Happening.CreditsSpent.class, name = "credits-spent")
})
sealed interface Happening {

  /**
   * A message reached someone.
   *
   * @param bodyHash of the request, to tell a repetition from another request with the same key
   */
  record MessageSent(
      Message message, @Nullable String idempotencyKey, String bodyHash, JournalLine line)
      implements Happening {}

  /** A booking was made in the account of a tenant. */
  record BookingMade(String tenant, JsonNode booking, JournalLine line) implements Happening {}

  /** A reaction was acknowledged, or given up. */
  record ReactionDone(String reaction, Instant at, int status) implements Happening {}

  /** A look-up was charged. */
  record CreditsSpent(String provider, String tenant, int credits) implements Happening {}
}
