package io.leadloom.drafting;

import io.leadloom.packs.MessageChecks.Problem;
import java.util.List;

/** Writes messages. It answers only with one that passes the checks, or with why it has none. */
interface MessageWriter {

  /** Writes what the brief asks for. */
  Result write(Brief brief, Check check);

  /** Tells what is wrong with a proposed subject and text, the text being without its footer. */
  interface Check {
    List<Problem> problems(String subject, String text);
  }

  /** What came of it. */
  sealed interface Result {

    /** What it took. */
    Tokens tokens();

    /**
     * A message that passes the checks.
     *
     * @param author as in {@link io.leadloom.model.Draft#author}
     * @param text without its footer
     */
    record Written(String author, String subject, String text, Tokens tokens) implements Result {}

    /** No message, and why not. */
    record Refused(List<Problem> problems, Tokens tokens) implements Result {

      public Refused {
        problems = List.copyOf(problems);
      }
    }
  }

  /** Tokens of a model that were paid for. */
  record Tokens(long input, long output) {

    static final Tokens NONE = new Tokens(0, 0);

    Tokens plus(Tokens more) {
      return new Tokens(input + more.input, output + more.output);
    }
  }
}
