package io.leadloom.simulators;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Every request the simulators got, one line each, on disk before it is answered. It is what an
 * outsider counts by, so an effect is in it exactly once.
 */
final class Journal implements AutoCloseable {

  private final JsonLines file;
  private final List<JournalLine> lines = new ArrayList<>();
  private final Set<String> effects = new HashSet<>();

  private Journal(Path file) {
    this.file = JsonLines.open(file, line -> remember(read(line)));
  }

  /**
   * Opens the journal.
   *
   * @param effects what is known to have happened: the process may have ended between an effect and
   *     its line, which is then added
   */
  static Journal open(Path file, List<JournalLine> effects) {
    var journal = new Journal(file);
    effects.stream().filter(line -> !journal.knows(line)).forEach(journal::append);
    return journal;
  }

  synchronized void append(JournalLine line) {
    file.append(line);
    remember(line);
  }

  synchronized List<JournalLine> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    file.close();
  }

  private synchronized boolean knows(JournalLine line) {
    return line.effect() != null && effects.contains(line.effect());
  }

  private void remember(JournalLine line) {
    lines.add(line);
    if (line.effect() != null) {
      effects.add(line.effect());
    }
  }

  private static JournalLine read(JsonNode line) {
    try {
      return Json.MAPPER.treeToValue(line, JournalLine.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the simulators' journal has an unknown line: " + line, e);
    }
  }
}
