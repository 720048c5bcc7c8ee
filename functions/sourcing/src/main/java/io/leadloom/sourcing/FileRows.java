package io.leadloom.sourcing;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Reads one file's rows, one after the other. */
interface FileRows extends Closeable {

  /** The next row; nothing at the end. A row that cannot be read is an answer, not an exception. */
  Optional<FileRow> next() throws IOException;
}
