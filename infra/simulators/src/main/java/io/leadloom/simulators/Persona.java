package io.leadloom.simulators;

import java.util.List;

/**
 * A kind of prospect: how many of a hundred are like this, and what they do touch by touch. The
 * shares are as in life, where one in six answers good cold mail and one in fourteen agrees to
 * meet; only complaints, one in a thousand there, are more frequent, so that they are seen at all.
 */
enum Persona {
  UNREACHABLE(2, Act.BOUNCE),
  AWAY(5, Act.OUT_OF_OFFICE),
  BEHIND_A_MACHINE(3, Act.ACKNOWLEDGE),
  PRESSES_UNSUBSCRIBE(1, Act.ONE_CLICK),
  WANTS_OUT(1, Act.OPT_OUT),
  COMPLAINS(1, Act.COMPLAIN),
  EAGER(2, Act.ASK_FOR_MEETING),
  VAGUE(1, Act.SHOW_INTEREST, Act.ASK_FOR_MEETING),
  CURIOUS(2, Act.ASK, Act.ASK_FOR_MEETING),
  PERSUADABLE(1, Act.OBJECT, Act.ASK_FOR_MEETING),
  FIRM(1, Act.OBJECT, Act.DECLINE),
  NOT_INTERESTED(6, Act.DECLINE),
  SECOND_TIME(1, Act.NOTHING, Act.ASK_FOR_MEETING),
  THIRD_TIME(1, Act.NOTHING, Act.NOTHING, Act.ASK_FOR_MEETING),
  SILENT(72, Act.NOTHING);

  private final int share;
  private final List<Act> acts;

  Persona(int share, Act... acts) {
    this.share = share;
    this.acts = List.of(acts);
  }

  /** The persona of someone who rolled this, from 0 to 99. */
  static Persona of(int percent) {
    var below = 0;
    for (var persona : values()) {
      below += persona.share;
      if (percent < below) {
        return persona;
      }
    }
    throw new IllegalStateException("the shares of the personas do not add up to 100");
  }

  /** Whether a mail program answers before a person does. */
  boolean isAutomatic() {
    return acts.getFirst().isAutomatic();
  }

  /** What they do at their {@code touch}-th message, counted from 1. */
  Act act(int touch) {
    if (this == UNREACHABLE) {
      return Act.BOUNCE;
    }
    return touch <= acts.size() ? acts.get(touch - 1) : Act.NOTHING;
  }
}
