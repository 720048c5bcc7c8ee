package io.leadloom.model;

import java.time.Instant;
import java.util.List;

/**
 * Points, reasons and scorecard version at one moment.
 *
 * @param points 0 to 100
 * @param urgency how pressing the need is, 0 to 1
 * @param vetoes codes of what forbids contact whatever the points; empty where nothing does
 */
public record Score(
    int points,
    String tier,
    double urgency,
    List<Component> components,
    List<String> vetoes,
    String version,
    Instant at) {

  /** Keeps copies. */
  public Score {
    components = List.copyOf(components);
    vetoes = List.copyOf(vetoes);
  }

  /** One component of the score, such as authority, with the reason of each point. */
  public record Component(String name, int points, int max, List<Reason> reasons) {
    /** Keeps a copy. */
    public Component {
      reasons = List.copyOf(reasons);
    }
  }

  /** Why points were given or taken: a stable code, and the same in words. */
  public record Reason(String code, int points, String text) {}
}
