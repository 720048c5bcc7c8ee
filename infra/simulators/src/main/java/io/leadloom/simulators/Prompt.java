package io.leadloom.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The text in the requests to language models, however they nest it. */
final class Prompt {

  private Prompt() {}

  /** All text of system prompt and messages, in order. */
  static String of(JsonNode system, JsonNode messages) {
    var parts = new ArrayList<String>(text(system));
    for (var message : messages) {
      parts.addAll(text(message.path("content")));
    }
    return parts.stream().collect(Collectors.joining("\n"));
  }

  /** Content is a string, or a list of blocks of which some have text. */
  private static List<String> text(JsonNode content) {
    if (content.isTextual()) {
      return List.of(content.asText());
    }
    var parts = new ArrayList<String>();
    for (var block : content) {
      if (block.path("text").isTextual()) {
        parts.add(block.path("text").asText());
      }
    }
    return parts;
  }
}
