package io.leadloom.rest;

import io.leadloom.model.Permission;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the API as it is declared. Routing, checks and the OpenAPI document follow from
 * it; what it does gets a request that passed all of them.
 *
 * @param <Q> the parameters of its query, as a record of texts, numbers, booleans and enums
 * @param <B> its body; absent members are null, unknown ones refused
 * @param <O> what it answers
 */
public final class Operation<Q, B, O> {

  /** The most bytes of a body, where an operation does not say otherwise. */
  static final int MAX_BYTES = 256 * 1024;

  private static final Pattern PARAMETER = Pattern.compile("\\{([A-Za-z]+)}");

  private final Declared<Q, B, O> declared;
  private final Function<Call<Q, B>, Answer<O>> work;

  private Operation(Declared<Q, B, O> declared, Function<Call<Q, B>, Answer<O>> work) {
    this.declared = declared;
    this.work = work;
  }

  /** Begins to declare an operation that reads. */
  public static Declared<None, None, None> get(String path, String id) {
    return Declared.of("GET", path, id);
  }

  /** Begins to declare an operation that acts, once for each idempotency key. */
  public static Declared<None, None, None> post(String path, String id) {
    return Declared.of("POST", path, id);
  }

  /** Begins to declare an operation that changes what the caller has seen. */
  public static Declared<None, None, None> patch(String path, String id) {
    return Declared.of("PATCH", path, id);
  }

  /** Begins to declare an operation that removes what the caller has seen. */
  public static Declared<None, None, None> delete(String path, String id) {
    return Declared.of("DELETE", path, id);
  }

  /** Its HTTP method. */
  public String method() {
    return declared.method;
  }

  /** Its path with parameters in braces, such as {@code /v1/leads/{leadId}}. */
  public String path() {
    return declared.path;
  }

  /** Its name, which clients generated from the document use too. */
  public String id() {
    return declared.id;
  }

  /** What a caller must be allowed to; nothing where it is about the caller itself. */
  public Optional<Permission> permission() {
    return Optional.ofNullable(declared.permission);
  }

  /** Whether its answers hold a secret, which is told to nobody but the caller. */
  boolean tellsSecret() {
    return declared.tellsSecret;
  }

  String summary() {
    return declared.summary;
  }

  Class<Q> query() {
    return declared.query;
  }

  Class<B> body() {
    return declared.body;
  }

  boolean hasBody() {
    return declared.body != None.class;
  }

  Class<O> answer() {
    return declared.answer;
  }

  Set<Integer> statuses() {
    return declared.statuses;
  }

  int maxBytes() {
    return declared.maxBytes;
  }

  /** Whether the caller must name the revision it saw. */
  boolean changesWhatWasSeen() {
    return method().equals("PATCH") || method().equals("DELETE");
  }

  boolean isPost() {
    return method().equals("POST");
  }

  List<String> parameters() {
    return PARAMETER.matcher(path()).results().map(match -> match.group(1)).toList();
  }

  /** All statuses it can answer with, refusals among them. */
  SortedSet<Integer> allStatuses() {
    var all = new TreeSet<>(declared.statuses);
    all.addAll(declared.refusals);
    all.addAll(List.of(400, 401, 403, 429, 503));
    if (!parameters().isEmpty()) {
      all.add(404);
    }
    if (hasBody()) {
      all.addAll(List.of(413, 415));
    }
    if (isPost()) {
      all.addAll(List.of(409, 422));
    }
    if (changesWhatWasSeen()) {
      all.addAll(List.of(412, 428));
    }
    return all;
  }

  Answer<O> run(Call<Q, B> call) {
    return work.apply(call);
  }

  @Override
  public String toString() {
    return method() + " " + path();
  }

  /**
   * An operation being declared.
   *
   * @param <Q> its query
   * @param <B> its body
   * @param <O> its answer
   */
  public static final class Declared<Q, B, O> {

    private final String method;
    private final String path;
    private final String id;
    private final Class<Q> query;
    private final Class<B> body;
    private final Class<O> answer;
    private String summary = "";
    // The strictest one, until the declaration names another.
    private @Nullable Permission permission = Permission.WRITE_PLAN;
    private Set<Integer> statuses = Set.of();
    private Set<Integer> refusals = Set.of();
    private int maxBytes = MAX_BYTES;
    private boolean tellsSecret;

    private Declared(
        String method, String path, String id, Class<Q> query, Class<B> body, Class<O> answer) {
      this.method = method;
      this.path = path;
      this.id = id;
      this.query = query;
      this.body = body;
      this.answer = answer;
    }

    private static Declared<None, None, None> of(String method, String path, String id) {
      return new Declared<>(method, "/v1" + path, id, None.class, None.class, None.class);
    }

    private <Q2, B2, O2> Declared<Q2, B2, O2> with(
        Class<Q2> newQuery, Class<B2> newBody, Class<O2> newAnswer) {
      var copy = new Declared<>(method, path, id, newQuery, newBody, newAnswer);
      copy.summary = summary;
      copy.permission = permission;
      copy.statuses = statuses;
      copy.refusals = refusals;
      copy.maxBytes = maxBytes;
      copy.tellsSecret = tellsSecret;
      return copy;
    }

    /** What it does, in a sentence, and what a caller must be allowed to. */
    public Declared<Q, B, O> does(String newSummary, Permission newPermission) {
      var copy = with(query, body, answer);
      copy.summary = newSummary;
      copy.permission = newPermission;
      return copy;
    }

    /**
     * What it does for whoever proved who it is, also for people who belong to no tenant yet: it
     * needs no permission, since it is about the caller itself.
     */
    public Declared<Q, B, O> doesForTheCaller(String newSummary) {
      var copy = with(query, body, answer);
      copy.summary = newSummary;
      copy.permission = null;
      return copy;
    }

    /** The parameters of its query. */
    public <N extends Record> Declared<N, B, O> query(Class<N> type) {
      return with(type, body, answer);
    }

    /** Its body, in JSON. */
    public <N extends Record> Declared<Q, N, O> body(Class<N> type) {
      return with(query, type, answer);
    }

    /** The most bytes its body may have. */
    public Declared<Q, B, O> upTo(int bytes) {
      var copy = with(query, body, answer);
      copy.maxBytes = bytes;
      return copy;
    }

    /** What it answers, with which statuses. */
    public <N extends Record> Declared<Q, B, N> answers(Class<N> type, Integer... with) {
      var copy = with(query, body, type);
      copy.statuses = Set.of(with);
      return copy;
    }

    /** What it answers as {@link #answers} says, with a secret in it that is told only here. */
    public <N extends Record> Declared<Q, B, N> answersSecret(Class<N> type, Integer... with) {
      var copy = answers(type, with);
      copy.tellsSecret = true;
      return copy;
    }

    /** That it answers 204, without a body. */
    public Declared<Q, B, None> answersNothing() {
      return answers(None.class, 204);
    }

    /** Which refusals it has beside those that follow from its form. */
    public Declared<Q, B, O> refuses(Integer... with) {
      var copy = with(query, body, answer);
      copy.refusals = Set.of(with);
      return copy;
    }

    /** The operation, with what it does. */
    public Operation<Q, B, O> by(Function<Call<Q, B>, Answer<O>> work) {
      return new Operation<>(this, work);
    }
  }
}
