package io.leadloom.enrichment;

import io.leadloom.model.Company;
import io.leadloom.packs.CompanyNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How sure it is that a person found is one at the company meant, at an address that works: the
 * mean of two parts, each 0 to 1.
 *
 * <ul>
 *   <li>The company: 1 where both names are one after normalisation and nothing speaks for another
 *       state, 0.8 where the provider places it in another state, 0.7 where one name begins with
 *       the other within the same state, else 0, which rules it out.
 *   <li>The address, at Apollo: 1 verified, 0.8 likely to engage, 0.5 unverified; at Hunter: 0.95
 *       where the verifier calls it valid, 0.8 of Hunter's own confidence where the domain accepts
 *       everything, 0.6 of it where nothing could be told, else 0, which rules it out.
 * </ul>
 */
final class Confidence {

  /** Below this nobody is written to. */
  static final double ENOUGH = 0.70;

  private Confidence() {}

  /** How well a company that a provider names fits the one of the signal. */
  static double company(
      CompanyNames names, Company meant, String foundName, @Nullable String foundState) {
    var found = names.identity(foundName);
    var meantState = UsStates.code(meant.state());
    var otherState = meantState != null && foundState != null && !meantState.equals(foundState);
    if (found.equals(meant.key())) {
      return otherState ? 0.8 : 1;
    }
    var sameState = meantState != null && meantState.equals(foundState);
    return sameState && (begins(found, meant.key()) || begins(meant.key(), found)) ? 0.7 : 0;
  }

  /** How well an address works by Apollo's {@code email_status}. */
  static double apolloAddress(@Nullable String status) {
    return switch (status == null ? "" : status) {
      case "verified" -> 1;
      case "likely to engage" -> 0.8;
      case "unverified" -> 0.5;
      default -> 0;
    };
  }

  /**
   * How well an address works by Hunter's verifier.
   *
   * @param percent Hunter's own confidence that it is the person's
   */
  static double hunterAddress(String status, int percent) {
    return switch (status) {
      case "valid" -> 0.95;
      case "accept_all" -> 0.8 * percent / 100;
      case "unknown" -> 0.6 * percent / 100;
      default -> 0;
    };
  }

  /** Both parts together, in hundredths; 0 where either rules it out. */
  static double of(double company, double address) {
    return company == 0 || address == 0 ? 0 : Math.round((company + address) * 50) / 100.0;
  }

  /** Whether the words of {@code name} begin with those of {@code start}. */
  private static boolean begins(String name, String start) {
    var words = List.of(name.split(" "));
    var first = List.of(start.split(" "));
    return !start.isEmpty()
        && words.size() > first.size()
        && words.subList(0, first.size()).equals(first);
  }
}
