package io.leadloom.simulators;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of Socrata's query language that clients page with: {@code SELECT fields WHERE condition
 * ORDER BY fields LIMIT n OFFSET n}, where a condition has comparisons, {@code LIKE}, {@code IN},
 * {@code IS [NOT] NULL}, {@code AND}, {@code OR}, {@code NOT} and parentheses.
 */
final class Soql {

  /** A query that cannot be run. */
  static final class SoqlException extends Exception {
    private final String code;

    SoqlException(String code, String message) {
      super(message);
      this.code = code;
    }

    String code() {
      return code;
    }
  }

  private record Order(String field, boolean descending) {}

  private static final Set<String> KEYWORDS =
      Set.of(
          "SELECT", "WHERE", "ORDER", "BY", "LIMIT", "OFFSET", "AND", "OR", "NOT", "IS", "NULL",
          "LIKE", "IN", "ASC", "DESC");

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:('(?:[^']|'')*')|(-?[0-9]+(?:\\.[0-9]+)?)|(:\\*|:?[A-Za-z_@][A-Za-z0-9_]*)"
              + "|(<=|>=|!=|<>|[=<>(),*]))");

  private final List<String> select = new ArrayList<>();
  private final Set<String> fields = new LinkedHashSet<>();
  private final List<Order> order = new ArrayList<>();
  private Predicate<Map<String, String>> where = row -> true;
  private long limit;
  private long offset;

  private final List<String> tokens;
  private int next;

  private Soql(List<String> tokens, long limit) {
    this.tokens = tokens;
    this.limit = limit;
  }

  static Soql parse(String statement, long defaultLimit) throws SoqlException {
    var soql = new Soql(tokens(statement), defaultLimit);
    soql.statement();
    return soql;
  }

  /** The selected fields; {@code *} is all of the data's, {@code :*} all of the system's. */
  List<String> select() {
    return List.copyOf(select);
  }

  /** Selects something more. */
  Soql selecting(String field) {
    select.add(field);
    return this;
  }

  /** Sets which rows of the result are wanted. */
  Soql paged(long size, long skipped) {
    limit = size;
    offset = skipped;
    return this;
  }

  /** Throws if the query names a field that is not there. */
  void checkFields(List<String> known) throws SoqlException {
    for (var field : fields) {
      if (!known.contains(field)) {
        throw new SoqlException("query.soql.no-such-column", "No such column: " + field);
      }
    }
  }

  List<Map<String, String>> run(List<Map<String, String>> rows) {
    Comparator<Map<String, String>> comparator = Comparator.comparing(row -> 0);
    for (var key : order) {
      Comparator<Map<String, String>> by = (a, b) -> compare(a.get(key.field), b.get(key.field));
      comparator = comparator.thenComparing(key.descending ? by.reversed() : by);
    }
    return rows.stream().filter(where).sorted(comparator).skip(offset).limit(limit).toList();
  }

  private void statement() throws SoqlException {
    expect("SELECT");
    do {
      select.add(field());
    } while (accept(","));
    if (accept("WHERE")) {
      where = disjunction();
    }
    if (accept("ORDER")) {
      expect("BY");
      do {
        var field = field();
        var descending = accept("DESC");
        if (!descending) {
          accept("ASC");
        }
        order.add(new Order(field, descending));
      } while (accept(","));
    }
    if (accept("LIMIT")) {
      limit = number();
    }
    if (accept("OFFSET")) {
      offset = number();
    }
    if (next < tokens.size()) {
      throw malformed("unexpected " + tokens.get(next));
    }
  }

  private Predicate<Map<String, String>> disjunction() throws SoqlException {
    var either = conjunction();
    while (accept("OR")) {
      either = either.or(conjunction());
    }
    return either;
  }

  private Predicate<Map<String, String>> conjunction() throws SoqlException {
    var both = condition();
    while (accept("AND")) {
      both = both.and(condition());
    }
    return both;
  }

  private Predicate<Map<String, String>> condition() throws SoqlException {
    if (accept("NOT")) {
      return condition().negate();
    }
    if (accept("(")) {
      var inner = disjunction();
      expect(")");
      return inner;
    }
    var field = field();
    if (accept("IS")) {
      var not = accept("NOT");
      expect("NULL");
      return row -> row.containsKey(field) == not;
    }
    if (accept("IN")) {
      return in(field);
    }
    if (accept("LIKE")) {
      var pattern = like(literal());
      return row -> {
        var value = row.get(field);
        return value != null && pattern.matcher(value).matches();
      };
    }
    var operator = take();
    var literal = literal();
    return switch (operator) {
      case "=" -> row -> holds(row.get(field), literal, c -> c == 0);
      case "!=", "<>" -> row -> holds(row.get(field), literal, c -> c != 0);
      case "<" -> row -> holds(row.get(field), literal, c -> c < 0);
      case "<=" -> row -> holds(row.get(field), literal, c -> c <= 0);
      case ">" -> row -> holds(row.get(field), literal, c -> c > 0);
      case ">=" -> row -> holds(row.get(field), literal, c -> c >= 0);
      default -> throw malformed("unknown operator " + operator);
    };
  }

  private Predicate<Map<String, String>> in(String field) throws SoqlException {
    var values = new ArrayList<String>();
    expect("(");
    do {
      values.add(literal());
    } while (accept(","));
    expect(")");
    return row -> values.stream().anyMatch(value -> holds(row.get(field), value, c -> c == 0));
  }

  private static boolean holds(
      @Nullable String value, String literal, Predicate<Integer> comparison) {
    return value != null && comparison.test(compare(value, literal));
  }

  /** Compares as points in time or as numbers where both are, else as text; null comes last. */
  private static int compare(@Nullable String a, @Nullable String b) {
    if (a == null || b == null) {
      return a == null ? (b == null ? 0 : 1) : -1;
    }
    var timeA = time(a);
    var timeB = time(b);
    if (timeA != null && timeB != null) {
      return timeA.compareTo(timeB);
    }
    var numberA = decimal(a);
    var numberB = decimal(b);
    return numberA != null && numberB != null ? numberA.compareTo(numberB) : a.compareTo(b);
  }

  private static @Nullable Instant time(String text) {
    if (text.length() < 19 || text.charAt(10) != 'T') {
      return null;
    }
    try {
      return text.endsWith("Z")
          ? Instant.parse(text)
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static @Nullable BigDecimal decimal(String text) {
    return text.matches("-?[0-9]+(\\.[0-9]+)?") ? new BigDecimal(text) : null;
  }

  private static Pattern like(String literal) {
    var regex = new StringBuilder();
    for (var c : literal.toCharArray()) {
      regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  private String field() throws SoqlException {
    var token = take();
    if (token.equals("*") || token.equals(":*")) {
      return token;
    }
    if (!token.matches(":?[A-Za-z_@][A-Za-z0-9_]*")
        || KEYWORDS.contains(token.toUpperCase(Locale.ROOT))) {
      throw malformed("expected a column, found " + token);
    }
    fields.add(token);
    return token;
  }

  private String literal() throws SoqlException {
    var token = take();
    if (token.startsWith("'")) {
      return token.substring(1, token.length() - 1).replace("''", "'");
    }
    if (decimal(token) != null) {
      return token;
    }
    throw malformed("expected a value, found " + token);
  }

  private long number() throws SoqlException {
    var token = take();
    if (!token.matches("[0-9]{1,18}")) {
      throw malformed("expected a number, found " + token);
    }
    return Long.parseLong(token);
  }

  private boolean accept(String token) {
    if (next < tokens.size() && tokens.get(next).equalsIgnoreCase(token)) {
      next++;
      return true;
    }
    return false;
  }

  private void expect(String token) throws SoqlException {
    if (!accept(token)) {
      throw malformed(
          "expected " + token + ", found " + (next < tokens.size() ? tokens.get(next) : "the end"));
    }
  }

  private String take() throws SoqlException {
    if (next >= tokens.size()) {
      throw malformed("the query ends too early");
    }
    return tokens.get(next++);
  }

  private static List<String> tokens(String statement) throws SoqlException {
    var tokens = new ArrayList<String>();
    var text = statement.strip();
    var matcher = TOKEN.matcher(text);
    var position = 0;
    while (position < text.length()) {
      if (!matcher.find(position) || matcher.start() != position) {
        throw malformed("cannot read " + text.substring(position));
      }
      tokens.add(matcher.group().strip());
      position = matcher.end();
    }
    return tokens;
  }

  private static SoqlException malformed(String why) {
    return new SoqlException("query.compiler.malformed", "Could not parse SoQL query: " + why);
  }
}
