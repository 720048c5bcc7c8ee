package io.leadloom.packs;

import io.leadloom.model.Purpose;
import java.util.Set;

/**
 * How many messages one contact may get over all campaigns.
 *
 * @param maxMessages within {@code perDays}
 * @param perDays days looked back
 * @param exempt purposes that do not count and are not held back, since the contact asked for them
 */
public record FrequencyCap(int maxMessages, int perDays, Set<Purpose> exempt) {

  public FrequencyCap {
    exempt = Set.copyOf(exempt);
  }
}
