package io.leadloom.packs;

import java.util.List;

/**
 * When to follow up and when to stop.
 *
 * @param followUpAfterDays days of silence before each follow-up, counted from the message before
 *     it; as many as follow-ups are sent
 * @param closeAfterDays days of silence after the last message before the lead is closed
 * @param maxObjectionCycles answers to questions and objections before a person takes over
 * @param outOfOffice how an absence is waited out
 */
public record Cadence(
    List<Integer> followUpAfterDays,
    int closeAfterDays,
    int maxObjectionCycles,
    OutOfOffice outOfOffice) {

  public Cadence {
    followUpAfterDays = List.copyOf(followUpAfterDays);
  }

  /** Follow-ups at most. */
  public int maxFollowUps() {
    return followUpAfterDays.size();
  }

  /**
   * How an absence is waited out.
   *
   * @param daysAfterReturn after the return date that the reply names
   * @param daysIfUnknown after the reply where it names none
   */
  public record OutOfOffice(int daysAfterReturn, int daysIfUnknown) {}
}
