package io.leadloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Lets the process that does a step die after each write of the step in turn, to the table, to AWS
 * or to a third party, and does the step again in a new process: it must come to the same end as an
 * unbroken one, in its answer, the table, and what others were asked for. To die before a write is
 * to die after the one before it, so that every place where a crash makes a difference is tried.
 *
 * <p>The repetition comes five minutes later, as a slow retry does. So moments are compared by the
 * ten minutes they lie in, counted from the moment of the scene.
 */
public final class Crashes {

  private static final Duration PAUSE = Duration.ofMinutes(5);
  private static final long GRID_SECONDS = 600;
  private static final Pattern MOMENT =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");

  private final Platform platform;
  private final Set<String> forgiven = new TreeSet<>();

  private Crashes(Platform platform) {
    this.platform = platform;
  }

  /** Crashes of what runs on a platform, which is emptied for each of them. */
  public static Crashes on(Platform platform) {
    return new Crashes(platform);
  }

  /**
   * Lets a crash make a difference in an attribute of a kind of items, such as {@code
   * touch.sendAt}, or in all of a kind, such as {@code limit}. Say in the test why it is harmless.
   */
  public Crashes forgiving(String... differences) {
    forgiven.addAll(List.of(differences));
    return this;
  }

  /**
   * Tries them all.
   *
   * @param scene sets up what the step finds
   * @param step answers what its handler would
   */
  public void everywhere(Runnable scene, Callable<?> step) {
    platform.renew();
    scene.run();
    var start = platform.clock().instant();
    var life = Lifetime.unbroken();
    var unbroken = ending(step, start);
    var writes = life.writes();
    assertThat(writes).as("a step that writes").isPositive();
    for (var last = 1; last <= writes; last++) {
      platform.renew();
      scene.run();
      var died = dying(last, step);
      platform.clock().advance(PAUSE);
      platform.restart();
      assertThat(differences(unbroken, ending(step, start)))
          .as("dead after write %d of %d, a %s, and repeated", last, writes, died)
          .isEmpty();
    }
  }

  /** Does the step until it dies; tells of what. */
  private static String dying(int last, Callable<?> step) {
    var life = Lifetime.until(last);
    try {
      step.call();
    } catch (Throwable died) {
      // However it ended: what counts is what it left behind.
    }
    assertThat(life.isOver()).as("the step died after write %d", last).isTrue();
    Lifetime.unbroken();
    return life.lastWords();
  }

  /** Does the step; tells all that is left behind, line by line. */
  private List<String> ending(Callable<?> step, Instant start) {
    var lines = new ArrayList<String>();
    try {
      lines.add("answer: " + step.call());
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    items().forEach(item -> lines.add("item: " + item));
    platform.aws().wishes().forEach(wish -> lines.add("asked AWS: " + wish));
    platform
        .thirdParties()
        .ifPresent(they -> they.effects().forEach(effect -> lines.add("effect: " + effect)));
    return lines.stream().map(line -> onGrid(line, start)).sorted().toList();
  }

  private static List<String> differences(List<String> unbroken, List<String> repeated) {
    var missing = new ArrayList<>(unbroken);
    repeated.forEach(missing::remove);
    var surplus = new ArrayList<>(repeated);
    unbroken.forEach(surplus::remove);
    return Stream.concat(
            missing.stream().map(line -> "missing " + line),
            surplus.stream().map(line -> "surplus " + line))
        .toList();
  }

  private List<String> items() {
    var items = new ArrayList<String>();
    for (var item : LocalDynamo.items(platform.table())) {
      var kind = item.getOrDefault("entity", AttributeValue.fromS("")).s();
      if (forgiven.contains(kind)) {
        continue;
      }
      var attributes = new TreeMap<>(item);
      // How often an item was written tells nothing of what it says.
      attributes.remove("rev");
      attributes.keySet().removeIf(name -> forgiven.contains(kind + "." + name));
      attributes.computeIfPresent(
          "expiresAt",
          (_, until) ->
              until.n() == null
                  ? until
                  : AttributeValue.fromS(
                      Instant.ofEpochSecond(Long.parseLong(until.n())).toString()));
      items.add(kind + " " + plain(AttributeValue.fromM(attributes)));
    }
    return items;
  }

  private static String onGrid(String line, Instant start) {
    return MOMENT
        .matcher(line)
        .replaceAll(found -> {
          var since = Duration.between(start, Instant.parse(found.group())).toSeconds();
          return start.plusSeconds(Math.floorDiv(since, GRID_SECONDS) * GRID_SECONDS).toString();
        });
  }

  private static Object plain(@Nullable AttributeValue value) {
    if (value == null) {
      return "";
    }
    return switch (value.type()) {
      case M -> {
        var members = new TreeMap<String, Object>();
        value.m().forEach((name, member) -> members.put(name, plain(member)));
        yield members;
      }
      case L -> value.l().stream().map(Crashes::plain).toList();
      case S -> value.s();
      case N -> value.n();
      default -> value.toString();
    };
  }
}
