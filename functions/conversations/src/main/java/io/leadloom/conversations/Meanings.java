package io.leadloom.conversations;

import io.leadloom.model.Reply.Intent;
import io.leadloom.model.text.Sentences;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a person means, by phrases. Each sentence may give cues of several kinds; how they stand to
 * one another decides, and where they contradict each other a person has to look.
 */
final class Meanings {

  private static final Pattern NEGATION =
      Pattern.compile(
          "\\b(not|no|dont|doesnt|didnt|isnt|arent|cant|cannot|wont|wouldnt|shouldnt|never|unable"
              + "|without|nor|neither|hardly|stop)( \\w+){0,3} ?$");

  /** What stands before it does not negate what stands after. */
  private static final Pattern TURN = Pattern.compile("\\b(but|however|although|though)\\b");

  /** What looks like a "no" and is none. */
  private static final Pattern NO_NEGATION =
      Pattern.compile(
          "\\b(no problem|no worries|no issue|not a problem|why not|not only"
              + "|not then|not bad|cant wait|dont hesitate to|no rush|no later than)\\b");

  private static final Pattern INVITATION = Pattern.compile("\\bwhy dont (we|you)\\b");

  private static final Pattern ASKING =
      Pattern.compile(
          "^(and |but |so |hi |hello |ok |okay |also |just |quick question ){0,6}(what|whats|how|who|whos"
              + "|where|when|which|why|do (you|your|we|i)|does (it|this|that|your|the)|are you|is"
              + " (this|that|it|there)|can you|could you|would you|have you|did you|will you)\\b.*");

  private final Set<Cue> cues;

  private Meanings(Set<Cue> cues) {
    this.cues = cues;
  }

  /** What these sentences mean. */
  static Meanings of(Sentences text) {
    var cues = EnumSet.noneOf(Cue.class);
    for (var sentence : text.list()) {
      var found = cues(sentence);
      if (ASKING.matcher(sentence).matches() || text.questions().contains(sentence)) {
        asked(found);
      }
      cues.addAll(found);
    }
    return new Meanings(cues);
  }

  /** A question may be one for a meeting, or for information, and is no objection. */
  private static void asked(Set<Cue> found) {
    found.removeAll(EnumSet.of(Cue.VENDOR, Cue.REACHABLE));
    if (!found.contains(Cue.MEETING)
        && !found.contains(Cue.INTEREST)
        && !found.contains(Cue.INFORMATION)) {
      found.add(Cue.QUESTION);
    }
  }

  private static Set<Cue> cues(String sentence) {
    var inviting = INVITATION.matcher(sentence).replaceAll("can we");
    var plain = NO_NEGATION.matcher(inviting).replaceAll("").strip();
    var found = EnumSet.noneOf(Cue.class);
    for (var phrase : Phrases.ALL) {
      var parts = phrase.negatable() ? TURN.split(plain) : new String[] {plain};
      for (var part : parts) {
        if (saysSo(phrase, part.strip())) {
          found.add(phrase.cue());
        }
      }
    }
    return found;
  }

  private static boolean saysSo(Phrase phrase, String part) {
    return phrase
        .pattern()
        .matcher(part)
        .results()
        .anyMatch(match ->
            !phrase.negatable() || !NEGATION.matcher(part.substring(0, match.start())).find());
  }

  /** The intent that the cues add up to. */
  Intent intent() {
    return decision().intent();
  }

  /** The code of what decided. */
  String why() {
    return decision().why();
  }

  /** Whether a date of return tells more than these words do. */
  boolean yieldsToAbsence() {
    return !has(Cue.COMPLAINT)
        && !has(Cue.LEGAL)
        && !has(Cue.DECLINE)
        && !has(Cue.MEETING)
        && !has(Cue.QUESTION);
  }

  private Verdict decision() {
    if (has(Cue.COMPLAINT)) {
      return Verdict.of(Intent.COMPLAINT, "complaint.in-words");
    }
    if (has(Cue.LEGAL)) {
      return Verdict.of(Intent.UNCLEAR, "unclear.legal");
    }
    if (has(Cue.DECLINE)) {
      return has(Cue.MEETING) || has(Cue.INTEREST) || has(Cue.INFORMATION)
          ? Verdict.of(Intent.UNCLEAR, "unclear.contradiction")
          : Verdict.of(Intent.NOT_INTERESTED, "not-interested.said");
    }
    if (has(Cue.MEETING)) {
      return Verdict.of(Intent.MEETING_REQUEST, "meeting.asked");
    }
    return wavering();
  }

  private Verdict wavering() {
    if (has(Cue.LATER)) {
      return Verdict.of(Intent.OBJECTION, "objection.timing");
    }
    if (has(Cue.PRICE) || has(Cue.VENDOR) || has(Cue.WRONG_PERSON)) {
      if (has(Cue.REACHABLE)) {
        return Verdict.of(Intent.UNCLEAR, "unclear.contradiction");
      }
      return Verdict.of(
          Intent.OBJECTION,
          has(Cue.PRICE)
              ? "objection.price"
              : has(Cue.VENDOR) ? "objection.has-vendor" : "objection.wrong-person");
    }
    if (has(Cue.REACHABLE)) {
      return Verdict.of(Intent.MEETING_REQUEST, "meeting.reachable");
    }
    if (has(Cue.QUESTION)) {
      return Verdict.of(Intent.QUESTION, "question.asked");
    }
    if (has(Cue.INFORMATION)) {
      return Verdict.of(Intent.QUESTION, "question.more-wanted");
    }
    return has(Cue.INTEREST)
        ? Verdict.of(Intent.INTERESTED, "interested.said")
        : Verdict.of(Intent.UNCLEAR, "unclear.no-rule");
  }

  private boolean has(Cue cue) {
    return cues.contains(cue);
  }
}
