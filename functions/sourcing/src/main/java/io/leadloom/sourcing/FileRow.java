package io.leadloom.sourcing;

/** What a place in a file holds. */
public sealed interface FileRow {

  /** Where it starts in the file; in a JSON document its number, from 1. */
  long line();

  /** A record that could be read. */
  record Readable(SourceRow row) implements FileRow {
    @Override
    public long line() {
      return row.line();
    }
  }

  /**
   * A place that holds no record that could be read; those around it can.
   *
   * @param reason stable code
   * @param detail the same in words, without the content
   */
  record Malformed(long line, String reason, String detail) implements FileRow {

    /** The only reason there is. */
    public static final String REASON = "row.malformed";

    static Malformed because(long line, String detail) {
      return new Malformed(line, REASON, detail);
    }
  }
}
