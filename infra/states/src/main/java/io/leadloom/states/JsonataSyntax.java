package io.leadloom.states;

import org.jspecify.annotations.Nullable;

/** What AWS refuses although the JSONata library takes it. */
final class JsonataSyntax {

  private JsonataSyntax() {}

  /** The first of the operators {@code ?:} and {@code ??} in an expression, if there is one. */
  static @Nullable String unsupportedOperator(String text) {
    var quote = '\0';
    for (int i = 0; i + 1 < text.length(); i++) {
      var c = text.charAt(i);
      if (quote != '\0') {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = '\0';
        }
      } else if (c == '"' || c == '\'' || c == '`') {
        quote = c;
      } else if (c == '/' && text.charAt(i + 1) == '*') {
        var end = text.indexOf("*/", i + 2);
        i = end < 0 ? text.length() : end + 1;
      } else if (c == '/' && startsRegex(text, i)) {
        quote = '/';
      } else if (c == '?' && (text.charAt(i + 1) == '?' || text.charAt(i + 1) == ':')) {
        return text.substring(i, i + 2);
      }
    }
    return null;
  }

  /** A slash begins a regular expression where no value can stand before it. */
  private static boolean startsRegex(String text, int slash) {
    for (int i = slash - 1; i >= 0; i--) {
      var c = text.charAt(i);
      if (!Character.isWhitespace(c)) {
        return "(,[{:;=?&|~<>!".indexOf(c) >= 0;
      }
    }
    return true;
  }
}
