package io.leadloom.model;

/**
 * What a tenant is charged for in a calendar month, whatever it uses.
 *
 * @param paid false on trial, and once the subscription has ended
 */
public record Term(String planId, boolean paid) {

  /** The plan in that month. */
  public Plan plan() {
    return Plan.of(planId);
  }
}
