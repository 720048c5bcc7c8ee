package io.leadloom.simulators;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The made-up companies and the people in them. Any name of a company leads to one, with a domain
 * under {@code .example} spelt after the name; everything about it follows from the seed and that
 * spelling. Which provider knows of whom is told by {@link #apollo} and {@link #hunter}.
 */
final class Directory {

  /** Facts about time are relative to this day, so that they do not change from run to run. */
  private static final LocalDate TODAY = LocalDate.of(2026, 1, 1);

  private static final String TOP_LEVEL = ".example";
  private static final int LONGEST_LABEL = 60;
  private static final String ID_PREFIX = "64";

  private static final Set<String> LEGAL_FORMS =
      Set.of(
          "inc",
          "incorporated",
          "llc",
          "llp",
          "lp",
          "ltd",
          "limited",
          "corp",
          "corporation",
          "co",
          "company",
          "pllc");

  private static final List<String> FIRST_NAMES =
      List.of(
          "Avery", "Blair", "Casey", "Dana", "Ellis", "Frankie", "Gray", "Harper", "Indy", "Jules",
          "Kerry", "Lane", "Morgan", "Noel", "Oakley", "Parker", "Quinn", "Robin", "Sage", "Toby");

  private static final List<String> LAST_NAMES =
      List.of(
          "Alderbrook",
          "Birchwell",
          "Coppergate",
          "Dunmarsh",
          "Elmstead",
          "Fernhollow",
          "Goldwick",
          "Hawksmere",
          "Ivorstone",
          "Junipell",
          "Kestrelby",
          "Larkfold",
          "Mossbank",
          "Northolme",
          "Oakridgely",
          "Pinewater",
          "Quillhurst",
          "Rushford",
          "Stonebeck",
          "Thistledown");

  private record Role(String title, String seniority, String department) {}

  private static final List<Role> DECISION_MAKERS =
      List.of(
          new Role("Owner", "owner", "c_suite"),
          new Role("President", "c_suite", "c_suite"),
          new Role("Facilities Manager", "manager", "operations"),
          new Role("Director of Facilities", "director", "operations"),
          new Role("Operations Director", "director", "operations"),
          new Role("General Manager", "manager", "operations"),
          new Role("Property Manager", "manager", "operations"),
          new Role("Vice President, Operations", "vp", "operations"));

  private static final List<Role> OTHERS =
      List.of(
          new Role("Executive Assistant to the CEO", "entry", "administrative"),
          new Role("Office Assistant", "entry", "administrative"),
          new Role("Accounts Payable Clerk", "entry", "finance"),
          new Role("Sales Representative", "entry", "sales"));

  private static final List<String> INDUSTRIES =
      List.of(
          "construction",
          "facilities services",
          "hospital & health care",
          "real estate",
          "hospitality",
          "education management",
          "retail",
          "warehousing",
          "manufacturing",
          "restaurants");

  private record City(String name, String state, String postalCode) {}

  private static final List<City> CITIES =
      List.of(
          new City("San Antonio", "Texas", "78205"),
          new City("Austin", "Texas", "78701"),
          new City("Houston", "Texas", "77002"),
          new City("Dallas", "Texas", "75201"),
          new City("Phoenix", "Arizona", "85004"),
          new City("Denver", "Colorado", "80202"));

  private static final List<String> STREETS =
      List.of("Commerce Street", "Market Street", "Industrial Boulevard", "Station Road");

  /** What Apollo knows of a company; the shares are in percent. */
  enum Coverage {
    UNKNOWN(10),
    VERIFIED_ADDRESS(70),
    UNVERIFIED_ADDRESS(6),
    NO_ADDRESS(7),
    OTHERS_ONLY(4),
    NOBODY(3);

    private final int share;

    Coverage(int share) {
      this.share = share;
    }
  }

  /**
   * A company.
   *
   * @param slug its name as spelt in the domain
   * @param phone made up: 555-01xx numbers belong to nobody
   */
  record Company(
      String slug,
      String id,
      String name,
      String domain,
      String industry,
      int employees,
      int founded,
      long revenue,
      String phone,
      String street,
      String city,
      String state,
      String postalCode) {}

  /**
   * Someone who works at a company.
   *
   * @param id leads back to the person
   * @param decides whether they decide about what we offer
   * @param since the day they began in this job
   */
  record Person(
      String id,
      Company company,
      String firstName,
      String lastName,
      String title,
      String seniority,
      String department,
      boolean decides,
      LocalDate since) {

    String name() {
      return firstName + " " + lastName;
    }

    String email() {
      return (firstName + "." + lastName).toLowerCase(Locale.ROOT) + "@" + company.domain();
    }
  }

  private final long seed;

  Directory(long seed) {
    this.seed = seed;
  }

  /** The company of this name; empty if the name holds neither letter nor digit. */
  Optional<Company> named(String name) {
    var slug = slug(name);
    return slug.isEmpty() ? Optional.empty() : Optional.of(company(slug));
  }

  /** The company with this domain; empty if the domain is not one of ours. */
  Optional<Company> withDomain(String domain) {
    var lower = domain.strip().toLowerCase(Locale.ROOT);
    if (!lower.endsWith(TOP_LEVEL)) {
      return Optional.empty();
    }
    var slug = lower.substring(0, lower.length() - TOP_LEVEL.length());
    return slug.matches("[a-z0-9]+(-[a-z0-9]+)*") ? Optional.of(company(slug)) : Optional.empty();
  }

  /** Who works there, first the one who decides. */
  List<Person> people(Company company) {
    var people = new ArrayList<Person>();
    people.add(person(company, 0, roll("role", company, 0).pick(DECISION_MAKERS), true));
    var others = roll("others", company, 0).between(0, 2);
    for (var i = 1; i <= others; i++) {
      people.add(person(company, i, roll("role", company, i).pick(OTHERS), false));
    }
    return people;
  }

  /** The person with this id, as told by {@link Person#id}. */
  Optional<Person> person(String id) {
    if (!id.matches(ID_PREFIX + "[0-9]{2}([0-9a-f]{2})+")) {
      return Optional.empty();
    }
    var index = Integer.parseInt(id.substring(2, 4));
    var slug = new String(HexFormat.of().parseHex(id.substring(4)), StandardCharsets.US_ASCII);
    return withDomain(slug + TOP_LEVEL).map(this::people).stream()
        .filter(people -> index < people.size())
        .map(people -> people.get(index))
        .findFirst();
  }

  Coverage apollo(Company company) {
    var percent = roll("apollo", company, 0).percent();
    var below = 0;
    for (var coverage : Coverage.values()) {
      below += coverage.share;
      if (percent < below) {
        return coverage;
      }
    }
    throw new IllegalStateException("the shares of Apollo's coverage do not add up to 100");
  }

  /** Whom of a company Apollo knows. */
  List<Person> knownToApollo(Company company) {
    return switch (apollo(company)) {
      case UNKNOWN, NOBODY -> List.of();
      case OTHERS_ONLY -> people(company).stream().filter(person -> !person.decides()).toList();
      case VERIFIED_ADDRESS, UNVERIFIED_ADDRESS, NO_ADDRESS -> people(company);
    };
  }

  /** Whether Hunter knows the company; independent of what Apollo knows. */
  boolean hunter(Company company) {
    return roll("hunter", company, 0).inPercent(60);
  }

  /** How sure Hunter is of a person's address: 30 to 98. */
  int hunterConfidence(Person person) {
    return (int) Dice.of(seed, "confidence", person.email()).between(30, 98);
  }

  private Company company(String slug) {
    var home = Dice.of(seed, "city", slug).pick(CITIES);
    var employees =
        Dice.of(seed, "employees", slug).pick(List.of(3, 8, 14, 22, 35, 60, 110, 240, 480, 1200));
    var street =
        Dice.of(seed, "number", slug).between(100, 9900)
            + " "
            + Dice.of(seed, "street", slug).pick(STREETS);
    return new Company(
        slug,
        Dice.of(seed, "company", slug).hex(24),
        Stream.of(slug.split("-"))
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining(" ")),
        slug + TOP_LEVEL,
        Dice.of(seed, "industry", slug).pick(INDUSTRIES),
        employees,
        (int) Dice.of(seed, "founded", slug).between(1952, 2021),
        employees * Dice.of(seed, "revenue", slug).between(90, 240) * 1000,
        "+1210555" + "01%02d".formatted(Dice.of(seed, "phone", slug).percent()),
        street,
        home.name(),
        home.state(),
        home.postalCode());
  }

  private Person person(Company company, int index, Role role, boolean decides) {
    var id =
        ID_PREFIX
            + "%02d".formatted(index)
            + HexFormat.of().formatHex(company.slug().getBytes(StandardCharsets.US_ASCII));
    return new Person(
        id,
        company,
        roll("first name", company, index).pick(FIRST_NAMES),
        roll("last name", company, index).pick(LAST_NAMES),
        role.title(),
        role.seniority(),
        role.department(),
        decides,
        TODAY.minusMonths(roll("since", company, index).between(1, 120)));
  }

  private Dice roll(String decision, Company company, int index) {
    return Dice.of(seed, decision, company.slug(), Integer.toString(index));
  }

  private static String slug(String name) {
    var words =
        Normalizer.normalize(name, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT)
            .split("[^a-z0-9]+");
    var slug =
        Stream.of(words)
            .filter(word -> !word.isEmpty() && !LEGAL_FORMS.contains(word))
            .collect(Collectors.joining("-"));
    return slug.length() <= LONGEST_LABEL
        ? slug
        : slug.substring(0, LONGEST_LABEL).replaceAll("-+$", "");
  }
}
