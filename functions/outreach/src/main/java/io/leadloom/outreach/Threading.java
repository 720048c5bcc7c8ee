package io.leadloom.outreach;

import io.leadloom.model.Draft;
import io.leadloom.model.Reply;
import io.leadloom.model.Touch;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a message joins the conversation before it (RFC 5322, section 3.6.4). */
final class Threading {

  private Threading() {}

  /** The Message-ID that a draft answers: the reply's it was written for, else our last one's. */
  static @Nullable String answers(Draft draft, List<Touch> earlier, List<Reply> replies) {
    var toReply =
        replies.stream()
            .filter(reply -> reply.id().equals(draft.replyId()))
            .map(Reply::messageId)
            .filter(Objects::nonNull)
            .findFirst();
    return toReply.or(() -> last(earlier)).orElse(null);
  }

  /** All Message-IDs of the conversation, oldest first, ending with the one that is answered. */
  static List<String> references(@Nullable String answers, List<Touch> earlier) {
    var ids = new LinkedHashSet<String>();
    earlier.stream().filter(Touch::mayHaveArrived).map(Touch::messageId).forEach(ids::add);
    if (answers != null) {
      ids.remove(answers);
      ids.add(answers);
    }
    return List.copyOf(ids);
  }

  private static Optional<String> last(List<Touch> earlier) {
    return earlier.stream().filter(Touch::mayHaveArrived).reduce((a, b) -> b).map(Touch::messageId);
  }
}
