package io.leadloom.sourcing;

import io.leadloom.platform.Runs.Kind;
import io.leadloom.platform.Runs.Page;
import io.leadloom.platform.Runs.Run;
import io.leadloom.rest.About;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A reading of a source, or an import, and how far it is. */
@About("A reading of a source, or an import, and how far it is.")
record RunView(
    String id,
    Kind kind,
    String source,
    ImportProgress.Status status,
    @About("How many rows are taken in so far") long rows,
    @About("Rows that raised a lead") int leads,
    @About("Rows that belong to a lead that was there already") int joined,
    @About("Rows from which nothing follows, by reason") Map<String, Integer> setAside,
    Instant startedAt,
    @Nullable Instant endedAt) {

  static RunView of(Run run, ImportProgress progress) {
    return new RunView(
        run.id(),
        run.kind(),
        run.source(),
        progress.status(),
        progress.rowsDone(),
        progress.leads(),
        progress.joined(),
        progress.setAside(),
        run.startedAt(),
        progress.endedAt());
  }

  static RunView of(Run run, List<Page> pages, ImportProgress.Status status) {
    return new RunView(
        run.id(),
        run.kind(),
        run.source(),
        status,
        pages.stream().mapToLong(Page::rows).sum(),
        pages.stream().mapToInt(Page::leads).sum(),
        pages.stream().mapToInt(Page::joined).sum(),
        ImportProgress.sum(pages.stream().map(Page::setAside)),
        run.startedAt(),
        status == ImportProgress.Status.DONE ? pages.getLast().at() : null);
  }
}
