package io.leadloom.conversations;

import io.leadloom.model.Reply;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a reply means.
 *
 * @param why code of the rule that says so
 * @param returnsOn until when the writer is out of office, where the reply tells
 */
record Verdict(Reply.Intent intent, String why, @Nullable LocalDate returnsOn) {

  static Verdict of(Reply.Intent intent, String why) {
    return new Verdict(intent, why, null);
  }
}
