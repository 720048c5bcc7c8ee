package io.leadloom.sourcing;

import io.leadloom.platform.ImportJobs.Done;
import io.leadloom.platform.ImportJobs.Job;
import io.leadloom.rest.About;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How far an import is. */
@About("How far an import is.")
record ImportProgress(
    String id,
    String campaignId,
    String source,
    Status status,
    @About("How many rows it has") int rows,
    @About("How many of them are taken in") int rowsDone,
    @About("Rows that raised a lead") int leads,
    @About("Rows that belong to a lead that was there already") int joined,
    @About("Rows from which nothing follows, by reason") Map<String, Integer> setAside,
    @About("How many of the rows that are taken in were not known before") int fresh,
    @About("Why it failed") @Nullable String problem,
    Instant createdAt,
    @Nullable Instant endedAt) {

  static ImportProgress of(Job job, List<Done> parts) {
    var problem =
        parts.stream().map(Done::problem).filter(Objects::nonNull).findFirst().orElse(null);
    var status =
        problem != null
            ? Status.FAILED
            : parts.size() == job.parts() ? Status.DONE : Status.RUNNING;
    return new ImportProgress(
        job.id(),
        job.campaignId(),
        job.source(),
        status,
        job.rows(),
        parts.stream().mapToInt(Done::rows).sum(),
        parts.stream().mapToInt(Done::leads).sum(),
        parts.stream().mapToInt(Done::joined).sum(),
        sum(parts.stream().map(Done::setAside)),
        parts.stream().map(Done::fresh).filter(Objects::nonNull).mapToInt(Integer::intValue).sum(),
        problem,
        job.createdAt(),
        status == Status.RUNNING ? null : parts.getLast().at());
  }

  /** Rows by reason, over all of these. */
  static Map<String, Integer> sum(Stream<Map<String, Integer>> counts) {
    return counts
        .flatMap(count -> count.entrySet().stream())
        .collect(
            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Integer::sum, TreeMap::new));
  }

  /** How it stands. */
  enum Status {
    RUNNING,
    DONE,
    /** It ended before its last row; what was taken in stays. */
    FAILED
  }
}
