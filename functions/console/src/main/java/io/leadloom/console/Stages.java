package io.leadloom.console;

import io.leadloom.model.Stage;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The stages' names and codes. */
final class Stages {

  private Stages() {}

  static String name(Stage stage) {
    return stage.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static String code(Stage stage) {
    return stage.name().toLowerCase(Locale.ROOT);
  }

  static Optional<Stage> of(String code) {
    return Arrays.stream(Stage.values()).filter(stage -> code(stage).equals(code)).findFirst();
  }
}
