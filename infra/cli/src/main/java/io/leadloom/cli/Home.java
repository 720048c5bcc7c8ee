package io.leadloom.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that the command runs from. */
final class Home {

  private Home() {}

  /** The folder that holds {@code template.yaml}; the launcher names it. */
  static Path folder() {
    var home = Path.of(System.getProperty("leadloom.home", ".")).toAbsolutePath().normalize();
    if (!Files.exists(home.resolve("template.yaml"))) {
      throw new CommandFailure(
          "there is no template.yaml in "
              + home
              + "; start leadloom by the script of its checkout");
    }
    return home;
  }

  /** Where a stack keeps its data when nothing else is said. */
  static Path data() {
    return folder().resolve(".leadloom");
  }
}
