package io.leadloom.packs;

import java.util.List;

/**
 * A weight for a text with one of these words or phrases.
 *
 * @param weight 0 to 1
 */
public record WordWeight(List<String> any, double weight) {

  public WordWeight {
    any = List.copyOf(any);
  }
}
