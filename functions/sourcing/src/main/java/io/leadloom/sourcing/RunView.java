package io.leadloom.sourcing;

import io.leadloom.platform.Runs.Kind;
import io.leadloom.platform.Runs.Page;
import io.leadloom.platform.Runs.Run;
import io.leadloom.rest.About;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  static RunView of(Run run, List<Page> pages, boolean failed) {
    var setAside = new TreeMap<String, Integer>();
    pages.forEach(page ->
        page.setAside().forEach((reason, rows) -> setAside.merge(reason, rows, Integer::sum)));
    var ended = !pages.isEmpty() && pages.getLast().last();
    return new RunView(
        run.id(),
        run.kind(),
        run.source(),
        ended
            ? ImportProgress.Status.DONE
            : failed ? ImportProgress.Status.FAILED : ImportProgress.Status.RUNNING,
        pages.stream().mapToLong(Page::rows).sum(),
        pages.stream().mapToInt(Page::leads).sum(),
        pages.stream().mapToInt(Page::joined).sum(),
        setAside,
        run.startedAt(),
        ended ? pages.getLast().at() : null);
  }
}
