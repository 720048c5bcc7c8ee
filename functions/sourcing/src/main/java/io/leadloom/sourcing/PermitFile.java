package io.leadloom.sourcing;

import io.leadloom.model.fault.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file of permit records as somebody exported it: CSV with commas, semicolons, tabs or bars, or
 * JSON, in any encoding. A row that cannot be read is reported and does no harm to the others.
 */
public final class PermitFile {

  private final Path path;
  private final Charset charset;
  private final String contentHash;

  private PermitFile(Path path, Charset charset, String contentHash) {
    this.path = path;
    this.charset = charset;
    this.contentHash = contentHash;
  }

  /**
   * Opens a file, reading it once for its encoding.
   *
   * @throws InvalidInputException where it is not there, is empty, or is a workbook or archive
   */
  public static PermitFile open(Path path) {
    try {
      if (Files.size(path) == 0) {
        throw new InvalidInputException("file.empty", "The file " + path + " is empty");
      }
      if (isArchive(path)) {
        throw new InvalidInputException(
            "file.not-text",
            "The file " + path + " is a workbook or an archive; export it as CSV or JSON");
      }
      return new PermitFile(path, TextEncoding.of(path), hash(path));
    } catch (NoSuchFileException e) {
      throw new InvalidInputException("file.missing", "There is no file " + path, e);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** The SHA-256 of its bytes in hexadecimal, which can name an import of it. */
  public String contentHash() {
    return contentHash;
  }

  /** The encoding it is read in. */
  public Charset charset() {
    return charset;
  }

  /**
   * Its rows in their order; close the stream.
   *
   * @throws InvalidInputException where it has no header or holds no records
   */
  public Stream<FileRow> rows() {
    try {
      var rows = open();
      return Stream.generate(() -> next(rows))
          .takeWhile(Optional::isPresent)
          .map(Optional::orElseThrow)
          .onClose(() -> close(rows));
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private FileRows open() throws IOException {
    var start = firstLine();
    var text = TextEncoding.reader(path, charset);
    try {
      if (start.startsWith("[") || start.startsWith("{")) {
        return JsonLineRows.startsWith(start) ? new JsonLineRows(text) : new JsonRows(text);
      }
      return new CsvRows(text);
    } catch (InvalidInputException e) {
      text.close();
      throw e;
    }
  }

  private String firstLine() throws IOException {
    try (var reader = new BufferedReader(TextEncoding.reader(path, charset))) {
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank()) {
          return line.strip();
        }
      }
      return "";
    }
  }

  private Optional<FileRow> next(FileRows rows) {
    try {
      return rows.next();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static void close(FileRows rows) {
    try {
      rows.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isArchive(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      var start = in.readNBytes(4);
      return start.length == 4
          && (start[0] == 'P' && start[1] == 'K' && start[2] == 3 && start[3] == 4
              || (start[0] & 0xFF) == 0xD0 && (start[1] & 0xFF) == 0xCF
              || (start[0] & 0xFF) == 0x1F && (start[1] & 0xFF) == 0x8B);
    }
  }

  private static String hash(Path path) throws IOException {
    try (var in =
        new DigestInputStream(Files.newInputStream(path), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256", e);
    }
  }

  private static InvalidInputException unreadable(Path path, IOException cause) {
    return new InvalidInputException(
        "file.unreadable", "The file " + path + " cannot be read: " + cause.getMessage(), cause);
  }
}
