package io.leadloom.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operation answers.
 *
 * @param revision of what is answered, where it can be changed
 * @param location path of what was made
 */
public record Answer<O>(
    int status,
    @Nullable O body,
    @Nullable Long revision,
    @Nullable String location,
    @Nullable Problem problem) {

  /** 200. */
  public static <O> Answer<O> ok(O body) {
    return new Answer<>(200, body, null, null, null);
  }

  /** 200, with something that can be changed. */
  public static <O> Answer<O> ok(O body, long revision) {
    return new Answer<>(200, body, revision, null, null);
  }

  /** 201, with where what was made is found. */
  public static <O> Answer<O> created(String location, O body) {
    return new Answer<>(201, body, null, location, null);
  }

  /** 201, with something that can be changed. */
  public static <O> Answer<O> created(String location, O body, long revision) {
    return new Answer<>(201, body, revision, location, null);
  }

  /** 201, with something that cannot be changed. */
  public static <O> Answer<O> created(O body) {
    return new Answer<>(201, body, null, null, null);
  }

  /** 202: it goes on by itself; the location tells how far it is. */
  public static <O> Answer<O> accepted(String location, O body) {
    return new Answer<>(202, body, null, location, null);
  }

  /** 204. */
  public static <O> Answer<O> nothing() {
    return new Answer<>(204, null, null, null, null);
  }

  /** A business "no", with a stable code and the way out. */
  public static <O> Answer<O> refused(int status, String code, String detail) {
    return new Answer<>(status, null, null, null, Problem.of(status, code, detail, List.of()));
  }
}
