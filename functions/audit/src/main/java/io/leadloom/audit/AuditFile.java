package io.leadloom.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.model.AuditEntry;
import io.leadloom.model.Seal;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.platform.Audit.Recorded;
import io.leadloom.platform.Json;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An audit as lines of JSON: where its chain ended ({@code head}), then each {@code seal} and
 * {@code entry}, then where it ends now ({@code end}). It can be checked without the table it came
 * from.
 */
public final class AuditFile {

  private AuditFile() {}

  static void write(Snapshot audit, Consumer<String> lines) {
    lines.accept(Json.write(Line.of(audit.head())));
    audit.seals().forEach(seal -> lines.accept(Json.write(Line.of(seal))));
    audit.entries().forEach(entry -> lines.accept(Json.write(Line.of(entry))));
    lines.accept(Json.write(Line.end(audit.end().get())));
  }

  /**
   * Checks the lines of an audit, against where its chain ended once if that is known.
   *
   * @throws InvalidInputException where they are not all the lines of an export
   */
  public static ChainCheck.Verdict check(Stream<String> lines, Optional<Head> known) {
    var all =
        lines.filter(line -> !line.isBlank()).map(line -> Json.read(line, Line.class)).toList();
    if (all.size() < 2 || all.getFirst().head() == null || all.getLast().end() == null) {
      throw new InvalidInputException(
          "audit.incomplete", "This is not an export from its first to its last line");
    }
    var audit =
        new Snapshot(
            Objects.requireNonNull(all.getFirst().head()),
            all.stream().map(Line::seal).filter(Objects::nonNull).toList(),
            all.stream().map(Line::entry).filter(Objects::nonNull).map(Entry::recorded).toList(),
            () -> Objects.requireNonNull(all.getLast().end()));
    return ChainCheck.of(audit, known);
  }

  /** One of the four. */
  record Line(@Nullable Head head, @Nullable Seal seal, @Nullable Entry entry, @Nullable Head end) {

    static Line of(Head head) {
      return new Line(head, null, null, null);
    }

    static Line of(Seal seal) {
      return new Line(null, seal, null, null);
    }

    static Line of(Recorded entry) {
      return new Line(
          null,
          null,
          new Entry(entry.key(), entry.members(), entry.sealed().hash(), entry.seal()),
          null);
    }

    static Line end(Head end) {
      return new Line(null, null, null, end);
    }
  }

  /**
   * An entry.
   *
   * @param said what is stored of it, to the letter
   * @param hash of that, for people; a check computes it anew
   */
  record Entry(String key, ObjectNode said, String hash, @Nullable Long seal) {

    Recorded recorded() {
      return new Recorded(key, Json.read(said.toString(), AuditEntry.class), said, seal);
    }
  }
}
