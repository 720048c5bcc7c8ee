package io.leadloom.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What {@code --faults} asks for: faults of the AWS services, which the stack understands, and
 * those of webhooks, which the simulated third parties see to.
 *
 * @param webhooksTwice share of the webhooks that come twice
 * @param webhooksLate share of the webhooks that come an hour late, and so after later ones
 */
record FaultPlan(String ofStack, double webhooksTwice, double webhooksLate) {

  private static final Pattern WEBHOOKS =
      Pattern.compile("webhooks:(duplicate|reorder)=(0(?:\\.[0-9]+)?|1)");

  /**
   * @throws IllegalArgumentException when it asks for what cannot happen to webhooks
   */
  static FaultPlan of(String spec) {
    List<String> others = new ArrayList<>();
    var twice = 0.0;
    var late = 0.0;
    for (var part : spec.split(",")) {
      var match = WEBHOOKS.matcher(part.strip());
      if (!part.strip().startsWith("webhooks:")) {
        others.add(part);
      } else if (!match.matches()) {
        throw new IllegalArgumentException(
            "'" + part.strip() + "': webhooks can duplicate and reorder, at a rate from 0 to 1");
      } else if (match.group(1).equals("duplicate")) {
        twice = Double.parseDouble(match.group(2));
      } else {
        late = Double.parseDouble(match.group(2));
      }
    }
    return new FaultPlan(String.join(",", others), twice, late);
  }
}
