package io.leadloom.packs;

import java.util.List;

/**
 * One line of {@link TitleRules}.
 *
 * @param any phrases, one of which must occur as whole words
 */
public record TitleRule(List<String> any, int points, String reasonCode) {

  public TitleRule {
    any = List.copyOf(any);
  }
}
