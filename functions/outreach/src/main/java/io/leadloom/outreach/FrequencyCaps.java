package io.leadloom.outreach;

import io.leadloom.model.TouchId;
import io.leadloom.packs.FrequencyCap;
import io.leadloom.platform.Touches.Contacted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How often one address may be written to, whichever leads the messages belong to. */
final class FrequencyCaps {

  private FrequencyCaps() {}

  /**
   * The first moment, not before {@code wanted}, at which one more message keeps the cap.
   *
   * @param messages to the address, earliest first
   * @param self the message itself, which does not count
   */
  static Instant earliest(
      FrequencyCap cap, List<Contacted> messages, TouchId self, Instant wanted) {
    var period = Duration.ofDays(cap.perDays());
    var counted =
        messages.stream()
            .filter(m -> !m.touch().equals(self) && !cap.exempt().contains(m.purpose()))
            .map(Contacted::at)
            .filter(at -> at.plus(period).isAfter(wanted))
            .toList();
    if (counted.size() < cap.maxMessages()) {
      return wanted;
    }
    return counted.get(counted.size() - cap.maxMessages()).plus(period);
  }
}
