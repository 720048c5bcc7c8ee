package io.leadloom.packs;

import java.util.List;

/**
 * Words that tell a kind of question.
 *
 * @param any phrases that occur as whole words
 */
public record QuestionRule(QuestionKind kind, List<String> any) {

  public QuestionRule {
    any = List.copyOf(any);
  }
}
