package io.leadloom.simulators;

/** Ends the handling of a request with the vendor's error. */
final class Refusal extends RuntimeException {

  private final transient Answer answer;

  Refusal(Answer answer) {
    super("refused with status " + answer.status(), null, false, false);
    this.answer = answer;
  }

  Answer answer() {
    return answer;
  }
}
