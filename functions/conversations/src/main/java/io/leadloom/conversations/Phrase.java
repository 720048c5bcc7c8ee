package io.leadloom.conversations;

import java.util.regex.Pattern;

/**
 * Words that are a cue of what somebody means.
 *
 * @param negatable whether a "not" before them takes the cue away
 * @param pattern over the words of a sentence; see {@link io.leadloom.model.text.Sentences}
 */
record Phrase(Cue cue, boolean negatable, Pattern pattern) {}
