package io.leadloom.conversations;

import io.leadloom.model.text.Sentences;
import java.util.regex.Pattern;

/** Whether a text says that its writer is away. */
final class Absence {

  private static final String LEAVE =
      "(annual |sick |parental |maternity |paternity |medical |family |bereavement )?(leave|vacation"
          + "|holidays?|pto)";

  private static final Pattern ANNOUNCED =
      Pattern.compile(
          "\\b(out of (the )?office|ooo|on "
              + LEAVE
              + "|away (from|until|till|on|through)|(am|are|be|is) (currently )?(away|traveling"
              + "|travelling)|i am out|im out|(am|are|be|im|were) back (on|in|at)|will be back"
              + "|back in the office|will return|return(ing)? (on|to the office)"
              + "|limited access to (my )?emails?)\\b");
  private static final Pattern PERSONAL =
      Pattern.compile(
          "\\b(i am|im|i will be|ill be|we are|were) (currently |still )?(out of (the )?office|away"
              + "|on "
              + LEAVE
              + "|traveling|travelling|out (of town )?(until|till|through))\\b");

  private Absence() {}

  /** Whether an automatic reply announces an absence, rather than the receipt of a message. */
  static boolean isAnnounced(String text) {
    return ANNOUNCED.matcher(Sentences.of(text).words()).find();
  }

  /** Whether a person says of herself to be away. */
  static boolean isPersonal(String text) {
    return PERSONAL.matcher(Sentences.of(text).words()).find();
  }
}
