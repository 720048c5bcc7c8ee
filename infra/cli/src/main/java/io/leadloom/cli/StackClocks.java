package io.leadloom.cli;

import io.leadloom.states.StatesService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Where the clock of a folder stood when its stack was last at work. */
final class StackClocks {

  private StackClocks() {}

  static Optional<Instant> position(Path data) {
    var store = data.resolve("states.mv");
    return Files.exists(store) ? StatesService.lastInstant(store) : Optional.empty();
  }
}
