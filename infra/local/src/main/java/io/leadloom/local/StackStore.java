package io.leadloom.local;

import java.nio.file.Path;
import java.util.Map;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/** What the stack itself remembers: schedules, deliveries under way, secrets and parameters. */
final class StackStore implements AutoCloseable {

  private final MVStore store;

  private StackStore(MVStore store) {
    this.store = store;
  }

  static StackStore open(Path file) {
    try {
      return new StackStore(
          new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().open());
    } catch (MVStoreException e) {
      throw new StackException(
          file + " cannot be opened. See that no other stack uses the folder: " + e.getMessage(),
          e);
    }
  }

  /** A map of texts; a change counts from {@link #commit} on. */
  Map<String, String> map(String name) {
    return store.openMap(name);
  }

  /** Makes all changes so far survive the end of the process, however it comes. */
  void commit() {
    store.commit();
  }

  @Override
  public void close() {
    store.close();
  }
}
