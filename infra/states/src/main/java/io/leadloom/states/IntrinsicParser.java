package io.leadloom.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/** Reads a call of an intrinsic function, for example {@code States.Format('{}', $.name)}. */
final class IntrinsicParser {

  private final String text;
  private int position;

  private IntrinsicParser(String text) {
    this.text = text;
  }

  /**
   * Reads a whole text as one call.
   *
   * @throws IllegalArgumentException when it is none
   */
  static Expression parse(String text) {
    var parser = new IntrinsicParser(text);
    var call = parser.call();
    parser.skipSpace();
    if (parser.position != text.length()) {
      throw parser.unexpected();
    }
    return call;
  }

  private Expression call() {
    skipSpace();
    int from = position;
    while (position < text.length()
        && (Character.isLetterOrDigit(text.charAt(position)) || text.charAt(position) == '.')) {
      position++;
    }
    var function = IntrinsicFunction.named(text.substring(from, position));
    skipSpace();
    expect('(');
    List<Expression> arguments = new ArrayList<>();
    skipSpace();
    if (peek() != ')') {
      arguments.add(argument());
      skipSpace();
      while (peek() == ',') {
        position++;
        arguments.add(argument());
        skipSpace();
      }
    }
    expect(')');
    function.checkCount(arguments.size());
    // Format has to tell an escaped brace from a place holder.
    if (function == IntrinsicFunction.FORMAT && arguments.getFirst() instanceof StringLiteral s) {
      arguments.set(0, new Template.Literal(TextNode.valueOf(s.raw())));
    }
    return scope -> function.call(scope, arguments.stream().map(a -> a.evaluate(scope)).toList());
  }

  private Expression argument() {
    skipSpace();
    var c = peek();
    if (c == '\'') {
      return string();
    }
    if (c == '$') {
      return PathExpression.compile(bare());
    }
    if (text.startsWith("States.", position)) {
      return call();
    }
    var literal = bare();
    try {
      var value = Json.parse(literal);
      if (value.isContainerNode() || value.isTextual()) {
        throw unexpected();
      }
      return new Template.Literal(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not an argument: " + literal, e);
    }
  }

  private Expression string() {
    expect('\'');
    var value = new StringBuilder();
    var raw = new StringBuilder();
    while (peek() != '\'') {
      var c = text.charAt(position++);
      if (c == '\\') {
        var escaped = peek();
        position++;
        if ("'\\{}".indexOf(escaped) < 0) {
          throw new IllegalArgumentException("Illegal escape \\" + escaped + " in " + text);
        }
        value.append(escaped);
        raw.append('\\').append(escaped);
      } else {
        value.append(c);
        raw.append(c);
      }
    }
    position++;
    return new StringLiteral(value.toString(), raw.toString());
  }

  /** A path, number or word: everything up to a comma or closing bracket of this call. */
  private String bare() {
    int from = position;
    int depth = 0;
    var quote = '\0';
    while (position < text.length()) {
      var c = text.charAt(position);
      if (quote != '\0') {
        if (c == '\\') {
          position++;
        } else if (c == quote) {
          quote = '\0';
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '[' || c == '(') {
        depth++;
      } else if (depth > 0 && (c == ']' || c == ')')) {
        depth--;
      } else if (depth == 0 && (c == ',' || c == ')')) {
        break;
      }
      position++;
    }
    return text.substring(from, Math.min(position, text.length())).strip();
  }

  private char peek() {
    if (position >= text.length()) {
      throw unexpected();
    }
    return text.charAt(position);
  }

  private void expect(char c) {
    if (peek() != c) {
      throw unexpected();
    }
    position++;
  }

  private void skipSpace() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }

  private IllegalArgumentException unexpected() {
    return new IllegalArgumentException(
        "Not an intrinsic function call from position " + position + " on: " + text);
  }

  /** A quoted argument; the raw text still has its backslashes. */
  private record StringLiteral(String value, String raw) implements Expression {
    @Override
    public TextNode evaluate(Scope scope) {
      return TextNode.valueOf(value);
    }
  }
}
