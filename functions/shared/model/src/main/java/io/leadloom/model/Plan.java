package io.leadloom.model;

import io.leadloom.model.fault.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What a tenant can subscribe to. Plans differ in amounts only: every plan has every feature. They
 * are data, kept in {@code plans.properties}.
 *
 * @param monthlyLeads leads that may be enriched in a calendar month (UTC)
 * @param campaigns the most campaigns that are neither completed nor put away
 * @param seats people who belong to the tenant or are invited
 * @param indexShards partitions over which its lists are spread
 * @param monthCents price of a month, in US cents
 * @param meetingCents price of a meeting booked, in US cents
 * @param creditCents price of a credit bought on top, in US cents
 */
public record Plan(
    String id,
    String name,
    int monthlyLeads,
    int campaigns,
    int seats,
    int indexShards,
    long monthCents,
    long meetingCents,
    long creditCents) {

  private static final List<Plan> ALL = read();

  /** All plans, smallest first. */
  public static List<Plan> all() {
    return ALL;
  }

  /** The plan of a tenant that never chose one. */
  public static Plan smallest() {
    return ALL.getFirst();
  }

  /** The plan of that id; {@link InvalidInputException} where there is none. */
  public static Plan of(String id) {
    return ALL.stream()
        .filter(plan -> plan.id().equals(id))
        .findFirst()
        .orElseThrow(() ->
            new InvalidInputException(
                "plan.unknown",
                "There is no plan '%s'; there are %s"
                    .formatted(id, String.join(", ", ALL.stream().map(Plan::id).toList()))));
  }

  private static List<Plan> read() {
    var texts = new Properties();
    try (var file = Plan.class.getResourceAsStream("plans.properties")) {
      if (file == null) {
        throw new IllegalStateException("plans.properties is missing");
      }
      texts.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Stream.of(text(texts, "plans").split(",")).map(id -> plan(texts, id)).toList();
  }

  private static Plan plan(Properties texts, String id) {
    return new Plan(
        id,
        text(texts, id + ".name"),
        number(texts, id + ".monthly-leads"),
        number(texts, id + ".campaigns"),
        number(texts, id + ".seats"),
        number(texts, id + ".index-shards"),
        number(texts, id + ".month-cents"),
        number(texts, id + ".meeting-cents"),
        number(texts, id + ".credit-cents"));
  }

  private static int number(Properties texts, String name) {
    return Integer.parseInt(text(texts, name));
  }

  private static String text(Properties texts, String name) {
    var text = texts.getProperty(name);
    if (text == null || text.isBlank()) {
      throw new IllegalStateException("plans.properties does not say " + name);
    }
    return text.strip();
  }
}
