package io.leadloom.packs;

import java.util.List;

/**
 * A class of leads.
 *
 * @param code hot, warm, cool, cold or dead
 * @param atLeast the least score of the tier, 0 to 100
 * @param channels the channels open to it, such as {@code email}; empty for dead
 */
public record Tier(String code, int atLeast, List<String> channels) {

  public Tier {
    channels = List.copyOf(channels);
  }
}
