package io.leadloom.sourcing;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/** The encoding of a text file that nobody wrote down. */
final class TextEncoding {

  private static final int HEAD = 4_096;
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  /**
   * What the detector calls files that windows-1252 covers: it is a superset of the first two, and
   * the third and fourth are guesses from a handful of curly quotes.
   */
  private static final Set<String> WESTERN =
      Set.of("US-ASCII", "ISO-8859-1", "ISO-8859-15", "WINDOWS-1252", "TIS-620", "MACCYRILLIC");

  private TextEncoding() {}

  /**
   * The encoding: by byte order mark; else UTF-16 where zero bytes say so; else UTF-8 where every
   * byte fits; else what a detector takes it for; else windows-1252.
   */
  static Charset of(Path file) throws IOException {
    var head = head(file);
    var marked = byMark(head);
    if (marked != null) {
      return marked;
    }
    var wide = byZeros(head);
    if (wide != null) {
      return wide;
    }
    return isUtf8(file) ? StandardCharsets.UTF_8 : detected(file);
  }

  /** A reader of the file's text, without its byte order mark. */
  static Reader reader(Path file, Charset charset) throws IOException {
    var in = new PushbackInputStream(Files.newInputStream(file), 4);
    var start = in.readNBytes(4);
    var mark = byMark(start) == null ? 0 : markLength(start);
    in.unread(start, mark, start.length - mark);
    return new InputStreamReader(in, charset);
  }

  private static byte[] head(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(HEAD);
    }
  }

  private static @Nullable Charset byMark(byte[] head) {
    if (startsWith(head, 0xEF, 0xBB, 0xBF)) {
      return StandardCharsets.UTF_8;
    }
    if (startsWith(head, 0xFF, 0xFE)) {
      return StandardCharsets.UTF_16LE;
    }
    return startsWith(head, 0xFE, 0xFF) ? StandardCharsets.UTF_16BE : null;
  }

  private static int markLength(byte[] head) {
    return startsWith(head, 0xEF, 0xBB, 0xBF) ? 3 : 2;
  }

  private static boolean startsWith(byte[] head, int... bytes) {
    if (head.length < bytes.length) {
      return false;
    }
    for (var i = 0; i < bytes.length; i++) {
      if ((head[i] & 0xFF) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /** Mostly Latin text in UTF-16 has a zero in every other byte. */
  private static @Nullable Charset byZeros(byte[] head) {
    var zeros = new int[2];
    for (var i = 0; i < head.length; i++) {
      if (head[i] == 0) {
        zeros[i % 2]++;
      }
    }
    var many = head.length / 4;
    if (zeros[1] > many) {
      return StandardCharsets.UTF_16LE;
    }
    return zeros[0] > many ? StandardCharsets.UTF_16BE : null;
  }

  private static boolean isUtf8(Path file) throws IOException {
    var strict =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    try (var reader = new InputStreamReader(Files.newInputStream(file), strict)) {
      reader.transferTo(Writer.nullWriter());
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static Charset detected(Path file) throws IOException {
    var detector = new UniversalDetector();
    try (InputStream in = Files.newInputStream(file)) {
      var buffer = new byte[HEAD];
      for (var n = in.read(buffer); n > 0 && !detector.isDone(); n = in.read(buffer)) {
        detector.handleData(buffer, 0, n);
      }
    }
    detector.dataEnd();
    var name = detector.getDetectedCharset();
    return name == null || WESTERN.contains(name) || !Charset.isSupported(name)
        ? WINDOWS_1252
        : Charset.forName(name);
  }
}
