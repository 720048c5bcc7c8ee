package io.leadloom.sourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leadloom.model.PermitRow.Fate;
import io.leadloom.model.Tenant;
import io.leadloom.platform.Tenants;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A city's real export, where a copy lies beside the project; none of it is in the project. */
class RealExportTest {

  /** How many rows are taken in at once, as of an import. */
  private static final int A_CALL = 250;

  private static final String NAME = "shared/data/san-antonio-permits-2023-01-16.csv";

  @RegisterExtension final Platform platform = new Platform();

  @ParameterizedTest
  @ValueSource(strings = {"roofing", "fire-safety"})
  void everyRowIsAccountedForOnceAndAgain(String pack) {
    var file = export();
    assumeTrue(file.isPresent(), "There is no ../" + NAME + " beside the project");
    platform.bean(Tenants.class).create(tenant(pack));

    var first = importAll(PermitFile.open(file.orElseThrow()));
    var again = importAll(PermitFile.open(file.orElseThrow()));

    assertThat(first).hasSize(3_170);
    assertThat(first.stream().map(RowResult::line).distinct()).hasSize(3_170);
    assertThat(first.stream().filter(r -> r.fate() == Fate.LEAD).count())
        .isEqualTo(
            first.stream().map(RowResult::leadId).filter(Objects::nonNull).distinct().count())
        .isPositive();
    assertThat(again).noneMatch(RowResult::fresh);
    assertThat(again)
        .map(r -> List.of(r.line(), r.fate(), r.reason()))
        .isEqualTo(first.stream().map(r -> List.of(r.line(), r.fate(), r.reason())).toList());
  }

  private List<RowResult> importAll(PermitFile file) {
    var importRows = platform.bean(ImportRows.class);
    var results = new ArrayList<RowResult>();
    try (var rows = file.rows()) {
      var readable =
          rows.flatMap(
                  row -> row instanceof FileRow.Readable(var r) ? Stream.of(r) : Stream.empty())
              .toList();
      for (var from = 0; from < readable.size(); from += A_CALL) {
        var to = Math.min(from + A_CALL, readable.size());
        results.addAll(
            importRows.run(
                Samples.TENANT, "san-antonio", file.contentHash(), readable.subList(from, to)));
      }
    }
    return results;
  }

  private static Tenant tenant(String pack) {
    var sample = Samples.tenant();
    return new Tenant(
        sample.id(),
        sample.name(),
        pack,
        sample.mode(),
        sample.autoApproveAt(),
        sample.approvers(),
        sample.sender(),
        sample.subscription(),
        sample.dailyLimit(),
        0);
  }

  /** The export, beside the folder that holds the project's root or any above it. */
  static Optional<Path> export() {
    for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(NAME))) {
        return Optional.of(folder.resolve(NAME));
      }
    }
    return Optional.empty();
  }
}
