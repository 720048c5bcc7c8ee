package io.leadloom.model.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The part of a mail's plain text that its writer wrote. */
public final class MailText {

  /** A line from which on everything is the original. */
  private static final Pattern ORIGINAL =
      Pattern.compile(
          "^\\s*(-{2,}\\s*(original message|forwarded message|urspr\\S* nachricht|mensaje original)"
              + "\\s*-{2,}|begin forwarded message:|_{10,})\\s*$",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern ATTRIBUTION_START =
      Pattern.compile("^\\s*(on|am|le|el|il|op)\\s.*", Pattern.CASE_INSENSITIVE);
  private static final Pattern ATTRIBUTION =
      Pattern.compile(
          "^(on|am|le|el|il|op)\\s.*[\\d<@].*(wrote|schrieb|a \u00e9crit|escribi\u00f3|ha scritto"
              + "|schreef)[^:]{0,80}:\\s*$",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  private static final Pattern HEADER_FROM =
      Pattern.compile("^\\s*\\*?(from|von|de):\\*?\\s.*", Pattern.CASE_INSENSITIVE);
  private static final Pattern HEADER_OTHER =
      Pattern.compile(
          "^\\s*\\*?(sent|date|to|subject|gesendet|an|betreff|enviado|para|asunto):\\*?\\s.*",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern DEVICE =
      Pattern.compile(
          "^\\s*(sent from my |sent via |get outlook for ).*", Pattern.CASE_INSENSITIVE);
  private static final Pattern SIGN_OFF =
      Pattern.compile(
          "^\\s*((many |with )?(best|kind|warm|warmest)?\\s*(wishes|regards)|(all )?(the )?best"
              + "|(many )?thanks( again| so much| in advance)?|thank you( very much)?|thx|cheers"
              + "|sincerely( yours)?|yours( truly| sincerely)?|respectfully|take care|br)"
              + "\\s*[,.!]*\\s*$",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile("^\\s*\\p{Lu}[\\p{L}'.]*(\\s+\\p{Lu}[\\p{L}'.]*){0,2}\\s*$");

  private static final int LONGEST_SIGNATURE = 8;
  private static final int ATTRIBUTION_LINES = 3;
  private static final int LONGEST_ATTRIBUTION = 400;

  private MailText() {}

  /**
   * The text without the original that mail programs put below or above an answer, whether marked
   * by {@code >} or by a header block.
   */
  public static String withoutQuote(String text) {
    var lines = text.replace("\r\n", "\n").replace('\r', '\n').replace('\u00a0', ' ').split("\n");
    var own = new ArrayList<String>();
    for (var i = 0; i < lines.length; i++) {
      var attribution = attributionLines(lines, i);
      if (attribution > 0) {
        i += attribution - 1;
        if (!isQuoted(nextWritten(lines, i + 1))) {
          break;
        }
      } else if (ORIGINAL.matcher(lines[i]).matches() || isHeaderBlock(lines, i)) {
        break;
      } else if (!isQuoted(lines[i])) {
        own.add(lines[i].stripTrailing());
      }
    }
    return String.join("\n", own).strip();
  }

  /** The text without greeting formula, name and what follows them at its end. */
  public static String withoutSignature(String text) {
    var lines = new ArrayList<>(List.of(text.strip().split("\n")));
    for (var i = 1; i < lines.size(); i++) {
      var line = lines.get(i);
      var ends = line.strip().equals("--") || line.strip().equals("\u2014");
      if (ends || (SIGN_OFF.matcher(line).matches() && lines.size() - i <= LONGEST_SIGNATURE)) {
        lines.subList(i, lines.size()).clear();
      }
    }
    lines.removeIf(line -> DEVICE.matcher(line).matches());
    dropBlankEnd(lines);
    var last = lines.size() - 1;
    if (last > 0 && NAME.matcher(lines.get(last)).matches() && lines.get(last - 1).isBlank()) {
      lines.remove(last);
    }
    return String.join("\n", lines).strip();
  }

  private static void dropBlankEnd(List<String> lines) {
    while (lines.size() > 1 && lines.getLast().isBlank()) {
      lines.removeLast();
    }
  }

  /** How many lines a "who wrote when" takes that starts here; 0 where none does. */
  private static int attributionLines(String[] lines, int start) {
    if (!ATTRIBUTION_START.matcher(lines[start]).matches()) {
      return 0;
    }
    var joined = new StringBuilder();
    for (var n = 1; n <= ATTRIBUTION_LINES && start + n <= lines.length; n++) {
      joined.append(n == 1 ? "" : " ").append(lines[start + n - 1].strip());
      if (joined.length() > LONGEST_ATTRIBUTION) {
        return 0;
      }
      if (ATTRIBUTION.matcher(joined).matches()) {
        return n;
      }
    }
    return 0;
  }

  private static boolean isHeaderBlock(String[] lines, int start) {
    if (!HEADER_FROM.matcher(lines[start]).matches()) {
      return false;
    }
    var others = 0;
    for (var i = start + 1; i < Math.min(lines.length, start + 6); i++) {
      if (HEADER_OTHER.matcher(lines[i]).matches()) {
        others++;
      }
    }
    return others >= 2;
  }

  private static boolean isQuoted(String line) {
    return line.stripLeading().startsWith(">");
  }

  private static String nextWritten(String[] lines, int from) {
    for (var i = from; i < lines.length; i++) {
      if (!lines[i].isBlank()) {
        return lines[i];
      }
    }
    return "";
  }
}
