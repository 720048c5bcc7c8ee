package io.leadloom.packs;

import java.util.List;

/**
 * Whether now is the moment. In each list the first band that holds counts.
 *
 * @param max cap of the component
 * @param permitAge days since the permit was issued, or else submitted
 * @param permitUrgency urgency of the permit, by {@link UrgencyRules}
 * @param roleAge months the contact has held the role
 * @param hiring the firm is hiring
 */
public record TimingRules(
    int max,
    List<AgeBand> permitAge,
    List<UrgencyBand> permitUrgency,
    List<AgeBand> roleAge,
    Points hiring) {

  public TimingRules {
    permitAge = List.copyOf(permitAge);
    permitUrgency = List.copyOf(permitUrgency);
    roleAge = List.copyOf(roleAge);
  }
}
