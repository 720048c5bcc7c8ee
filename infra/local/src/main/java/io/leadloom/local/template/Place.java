package io.leadloom.local.template;

import org.yaml.snakeyaml.error.Mark;

/** Where something stands in a template. Lines count from 1. */
public record Place(String file, int line) {

  static Place of(String file, Mark mark) {
    return new Place(file, mark.getLine() + 1);
  }

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
