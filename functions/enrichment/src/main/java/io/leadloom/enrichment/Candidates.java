package io.leadloom.enrichment;

import io.leadloom.packs.TitleRules;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who of the people at a company is asked for first, and who not at all. */
final class Candidates {

  private static final int DECIDES = 10;
  private static final int ROLE_ADDRESS = -5;

  /** Addresses of a desk, not of a person. */
  private static final Set<String> ROLES =
      Set.of("admin", "info", "support", "sales", "contact", "office", "hello", "mail");

  /** What addresses end in that belong to authorities, schools and associations. */
  private static final Set<String> BLOCKED_ENDINGS = Set.of("edu", "gov", "mil", "org");

  private final TitleRules titles;

  Candidates(TitleRules titles) {
    this.titles = titles;
  }

  /** Whether a title ranks above one that no rule knows, so that its holder may decide. */
  boolean mayDecide(@Nullable String title) {
    return title != null && points(title) > titles.other().points();
  }

  /** The people Apollo lists who may decide and have an address, highest title first. */
  List<Apollo.Listed> ranked(List<Apollo.Listed> people) {
    return people.stream()
        .filter(person -> person.hasEmail() && mayDecide(person.title()))
        .sorted(
            Comparator.comparing((Apollo.Listed person) -> points(person.title()))
                .reversed()
                .thenComparing(Apollo.Listed::id))
        .toList();
  }

  /**
   * The people Hunter knows who may decide: by Hunter's confidence, with 10 more for a title of
   * decision and 5 less for a desk's address.
   */
  List<Hunter.Known> best(List<Hunter.Known> people) {
    return people.stream()
        .filter(person -> mayDecide(person.title()))
        .sorted(Comparator.comparing(this::rank).reversed().thenComparing(Hunter.Known::email))
        .toList();
  }

  /** Whether mail to a domain is out of the question: authorities, schools, associations. */
  static boolean isBlocked(String domain) {
    var ending = domain.substring(domain.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return BLOCKED_ENDINGS.contains(ending);
  }

  private int rank(Hunter.Known person) {
    var name = person.email().substring(0, person.email().indexOf('@'));
    return person.confidence()
        + (mayDecide(person.title()) ? DECIDES : 0)
        + (ROLES.contains(name.toLowerCase(Locale.ROOT)) ? ROLE_ADDRESS : 0);
  }

  private int points(@Nullable String title) {
    return title == null ? 0 : titles.rank(title).points();
  }
}
