package io.leadloom.rest;

import java.util.List;

/** A request that is refused, with the problem document that says why and what to do. */
final class Refusal extends RuntimeException {

  private final transient Problem problem;

  Refusal(int status, String code, String detail) {
    this(status, code, detail, List.of());
  }

  Refusal(int status, String code, String detail, List<Problem.Field> errors) {
    super(detail);
    this.problem = Problem.of(status, code, detail, errors);
  }

  Problem problem() {
    return problem;
  }
}
