package io.leadloom.architecture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files of the checkout that tests look at. */
final class Repository {

  static final Path ROOT = root();

  private Repository() {}

  /** The template; CloudFormation's short tags are read as plain values. */
  static JsonNode template() {
    try {
      var yaml = Files.readString(ROOT.resolve("template.yaml"));
      return new ObjectMapper(new YAMLFactory())
          .readTree(yaml.replaceAll("!(Ref|Sub|GetAtt|If|Equals|Join|Select|Split)(?=\\s)", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, JsonNode> resources(String type) {
    var found = new TreeMap<String, JsonNode>();
    template()
        .path("Resources")
        .properties()
        .forEach(e -> {
          if (type.equals(e.getValue().path("Type").asText())) {
            found.put(e.getKey(), e.getValue().path("Properties"));
          }
        });
    return found;
  }

  static List<Path> machines() {
    try (var files = Files.list(ROOT.resolve("statemachines"))) {
      return files.filter(f -> f.toString().endsWith(".asl.json")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    var folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("template.yaml"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
