package io.leadloom.api;

import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The search of lists: for a part of a text. */
final class Mentions {

  private Mentions() {}

  /** Whether one of the texts has a part, in whatever case. */
  static boolean of(String part, @Nullable String... texts) {
    var wanted = part.toLowerCase(Locale.ROOT);
    return Stream.of(texts)
        .filter(Objects::nonNull)
        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
  }
}
