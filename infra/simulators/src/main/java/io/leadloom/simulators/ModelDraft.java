package io.leadloom.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message that says nothing but the facts it was given, as {@code contact.firstName}, {@code
 * company.name}, {@code permit.type}, {@code permit.number}, {@code permit.address}, {@code
 * rule.summary}, {@code rule.citation}, {@code caseStudy.outcome}, {@code meeting.time} or {@code
 * meeting.windows}: flat or nested, at the top or in a member {@code facts}. It keeps to a length
 * that the prompt gives as "20 to 90 words".
 */
final class ModelDraft {

  private static final Pattern LENGTH = Pattern.compile("([0-9]{1,4}) to ([0-9]{1,4}) words");

  private static final List<String> MORE =
      List.of(
          "A short call is enough to see whether this is of use to you, and you can decide"
              + " afterwards how to go on.",
          "We would look at the plans first, then at the site, and then say what we suggest.",
          "I am glad to answer any question beforehand, in writing or by telephone, whichever suits"
              + " you better.",
          "If somebody else takes care of this, a word about whom to ask would help.",
          "There is no hurry, and a line in answer to this message is enough.",
          "What we find is put down in writing, so that you can show it to whoever asks for it.",
          "Where nothing needs to be done, we will say so plainly, and the matter is closed.",
          "Should this be of no interest, a short answer is enough and you will not hear from me"
              + " about it again.");

  private final JsonNode facts;
  private final List<String> sentences = new ArrayList<>();
  private int words;

  private ModelDraft(JsonNode facts) {
    this.facts = facts;
  }

  /**
   * Writes the message.
   *
   * @param misbehaviour what to do wrong; see {@link Fault#draft}
   */
  static ObjectNode write(JsonNode given, String prompt, @Nullable String misbehaviour) {
    var draft = new ModelDraft(given.path("facts").isObject() ? given.path("facts") : given);
    var least = 40;
    var most = 160;
    var length = LENGTH.matcher(prompt);
    if (length.find()) {
      least = Integer.parseInt(length.group(1));
      most = Integer.parseInt(length.group(2));
    }
    draft.say("Hello " + draft.fact("contact.firstName").orElse("there") + ",");
    if ("invented-fact".equals(misbehaviour)) {
      draft.say("We did the same 4711 times for Vandelay, and it saved them 93%.");
    }
    if ("placeholder".equals(misbehaviour)) {
      draft.say("I can offer you {{price}}.");
    }
    for (var sentence : draft.knowledge()) {
      if (draft.words + count(sentence) <= most) {
        draft.say(sentence);
      }
    }
    for (var sentence : MORE) {
      if (draft.words < least) {
        draft.say(sentence);
      }
    }
    return Json.object()
        .put("subject", draft.fact("permit.type").map(type -> "Your " + type).orElse("A question"))
        .put("body", String.join("\n\n", draft.sentences));
  }

  private List<String> knowledge() {
    var known = new ArrayList<String>();
    fact("meeting.time").ifPresent(time -> known.add("We meet on " + time + "."));
    fact("company.name").ifPresent(name -> known.add("I am writing about " + name + "."));
    fact("permit.type").ifPresent(type -> known.add("There is a permit on record: " + type + "."));
    fact("permit.number").ifPresent(number -> known.add("Its number is " + number + "."));
    fact("permit.address").ifPresent(address -> known.add("It is for " + address + "."));
    fact("meeting.windows").ifPresent(times -> known.add("Would a call suit you, " + times + "?"));
    fact("rule.summary").ifPresent(known::add);
    fact("rule.citation").ifPresent(citation -> known.add("See " + citation + "."));
    fact("caseStudy.outcome").ifPresent(known::add);
    return known;
  }

  private void say(String sentence) {
    sentences.add(sentence);
    words += count(sentence);
  }

  private static int count(String sentence) {
    return sentence.strip().split("\\s+").length;
  }

  private Optional<String> fact(String name) {
    var flat = facts.path(name);
    var value = flat.isValueNode() ? flat : facts.at("/" + name.replace('.', '/'));
    return value.isValueNode() && !value.isNull() && !value.asText().isBlank()
        ? Optional.of(value.asText())
        : Optional.empty();
  }
}
