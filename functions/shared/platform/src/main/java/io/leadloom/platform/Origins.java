package io.leadloom.platform;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.Origin;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** From where the thread acts at the moment, for the audit. */
public final class Origins {

  /** The most characters of what a request says it came from. */
  private static final int LONGEST = 200;

  private static final ScopedValue<Origin> CURRENT = ScopedValue.newInstance();

  private Origins() {}

  /** Does some work on behalf of a function or command. */
  public static <T> T of(Origin origin, Supplier<T> work) {
    return ScopedValue.where(CURRENT, origin).call(work::get);
  }

  /** Does some work on behalf of a request that API Gateway hands over. */
  static <T> T ofRequest(JsonNode event, Supplier<T> work) {
    var request = event.path("requestContext");
    var function = current();
    var id = text(request.path("requestId"));
    return of(
        new Origin(
            function.via(),
            id == null ? function.request() : id,
            text(request.path("http").path("sourceIp")),
            text(request.path("http").path("userAgent"))),
        work);
  }

  static Origin current() {
    return CURRENT.orElse(Origin.UNKNOWN);
  }

  private static @Nullable String text(JsonNode node) {
    var text = node.asText("");
    return text.isEmpty() ? null : text.substring(0, Math.min(text.length(), LONGEST));
  }
}
