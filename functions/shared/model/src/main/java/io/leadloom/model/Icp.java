package io.leadloom.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The firms that a tenant or campaign wants for customers, where that is narrower than what the
 * trade sells to at large. What is left out stays as the trade has it.
 *
 * @param industries words or phrases of an industry; an asterisk stands for the end of a word
 * @param minEmployees least number of employees
 * @param maxEmployees largest number, inclusive
 * @param places countries ("US") or states ("US-TX")
 */
public record Icp(
    List<String> industries,
    @Nullable Integer minEmployees,
    @Nullable Integer maxEmployees,
    List<String> places) {

  /** Keeps copies. */
  public Icp {
    industries = List.copyOf(industries);
    places = List.copyOf(places);
  }
}
