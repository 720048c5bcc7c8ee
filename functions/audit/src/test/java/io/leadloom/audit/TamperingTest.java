package io.leadloom.audit;

import static io.leadloom.audit.Finding.Kind.CHAIN_CUT;
import static io.leadloom.audit.Finding.Kind.ENTRY_CHANGED;
import static io.leadloom.audit.Finding.Kind.ENTRY_INSERTED;
import static io.leadloom.audit.Finding.Kind.ENTRY_REMOVED;
import static io.leadloom.audit.Finding.Kind.SEAL_CHANGED;
import static io.leadloom.audit.Finding.Kind.SEAL_REMOVED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.platform.Audit;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import io.leadloom.testkit.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What somebody can do who writes to the table, and how it shows. */
class TamperingTest {

  @RegisterExtension final Platform platform = new Platform();

  private Table table;
  private Head head;

  /** Three seals of four entries each. */
  @BeforeEach
  void seal() {
    table = new Table(platform);
    for (var i = 0; i < 3; i++) {
      platform
          .bean(SealEntries.class)
          .run(Samples.TENANT, Trail.record(platform, 4 * i, 4 * i + 4));
    }
    head = platform.bean(AuditTrail.class).head(Samples.TENANT);
    assertThat(findings()).isEmpty();
  }

  @Test
  void aChangedEntryShows() {
    table.change(entry(5), item -> item.put("why", AttributeValue.fromS("because")));
    assertThat(findings()).extracting(Finding::kind).containsExactly(ENTRY_CHANGED);
    assertThat(findings().getFirst().place()).isEqualTo(key(5));
  }

  @Test
  void aMemberSlippedIntoAnEntryShows() {
    table.change(entry(5), item -> item.put("note", AttributeValue.fromS("approved by phone")));
    assertThat(findings()).extracting(Finding::kind).containsExactly(ENTRY_CHANGED);
  }

  @Test
  void aRemovedEntryShows() {
    var key = key(6);
    table.delete(entry(6));
    assertThat(findings()).extracting(Finding::kind).containsExactly(ENTRY_REMOVED);
    assertThat(findings().getFirst().place()).isEqualTo(key);
  }

  @Test
  void anEntryPutElsewhereInTimeShows() {
    table.change(
        entry(6),
        item -> item.put("statusSk", AttributeValue.fromS("2026-03-01T00:00:00.000000Z#0")));
    assertThat(findings())
        .extracting(Finding::kind)
        .containsExactlyInAnyOrder(ENTRY_REMOVED, SEAL_REMOVED);
  }

  @Test
  void anEntryOfLongAgoThatIsSlippedInShows() {
    platform
        .bean(Audit.class)
        .record(
            Samples.TENANT,
            new AuditEntry(
                TestClock.START.minus(Duration.ofDays(3)), "user:eve", "approve", "d", ""));
    assertThat(findings()).extracting(Finding::kind).containsExactly(ENTRY_INSERTED);
  }

  @Test
  void aRemovedSealShows() {
    table.delete(sealItem(2));
    assertThat(findings())
        .filteredOn(found -> found.place().equals("seal 2"))
        .extracting(Finding::kind)
        .containsOnly(SEAL_REMOVED);
  }

  @Test
  void aChangedSealShows() {
    table.change(sealItem(2), item -> item.put("at", AttributeValue.fromS("2026-03-02T16:00:00Z")));
    assertThat(findings()).extracting(Finding::kind).containsExactly(SEAL_CHANGED);
    assertThat(findings().getFirst().place()).isEqualTo("seal 2");
  }

  @Test
  void anEntryChangedWithItsSealBreaksTheChain() {
    var audit = platform.bean(Audit.class);
    table.change(entry(5), item -> item.put("why", AttributeValue.fromS("because")));
    var seals = audit.seals(Samples.TENANT, 0, 3);
    var forged =
        io.leadloom.model.Seal.after(
            seals.get(0), seals.get(1).at(), Trail.entries(platform).subList(4, 8));
    var item = sealItem(2);
    table.delete(item);
    table.change(
        item,
        copy -> {
          copy.put("hash", AttributeValue.fromS(forged.hash()));
          copy.put(
              "entries",
              AttributeValue.fromL(
                  forged.entries().stream()
                      .map(e ->
                          AttributeValue.fromM(
                              Map.of(
                                  "key", AttributeValue.fromS(e.key()),
                                  "hash", AttributeValue.fromS(e.hash()))))
                      .toList()));
        });
    assertThat(findings()).extracting(Finding::kind).containsExactly(SEAL_CHANGED);
    assertThat(findings().getFirst().place()).isEqualTo("seal 3");
  }

  @Test
  void sealsInAnotherOrderShow() {
    var second = sealItem(2);
    var third = sealItem(3);
    table.change(third, item -> item.put("sk", second.get("sk")));
    table.change(second, item -> item.put("sk", third.get("sk")));
    assertThat(findings()).extracting(Finding::kind).contains(SEAL_REMOVED);
  }

  @Test
  void aLastSealCutOffShowsByTheEntriesItLeavesBehind() {
    table.delete(sealItem(3));
    assertThat(findings()).extracting(Finding::kind).containsOnly(SEAL_REMOVED);
  }

  @Test
  void anEndCutOffWithItsEntriesShowsAgainstAHeadThatWasKept() {
    table.delete(sealItem(3));
    table
        .items(item ->
            "audit".equals(Table.text(item, "entity")) && "3".equals(Table.text(item, "seal")))
        .forEach(table::delete);
    assertThat(findings()).isEmpty();
    assertThat(findings(Optional.of(head))).extracting(Finding::kind).containsExactly(CHAIN_CUT);
  }

  @Test
  void aChainMadeAnewShowsAgainstAHeadThatWasKept() {
    table.items(item -> "seal".equals(Table.text(item, "entity"))).forEach(table::delete);
    table
        .items(item -> "audit".equals(Table.text(item, "entity")))
        .forEach(entry ->
            table.change(
                entry,
                item -> {
                  item.remove("seal");
                  item.put("why", AttributeValue.fromS("because"));
                }));
    for (var i = 0; i < 3; i++) {
      platform
          .bean(SealEntries.class)
          .run(Samples.TENANT, Trail.entries(platform).subList(4 * i, 4 * i + 4));
    }
    assertThat(findings()).isEmpty();
    assertThat(findings(Optional.of(head))).extracting(Finding::kind).containsExactly(SEAL_CHANGED);
    assertThat(findings(Optional.of(head)).getFirst().place()).isEqualTo("seal 3");
  }

  @Test
  void anExportIsCheckedWithoutTheTable() {
    Trail.record(platform, 12, 14);
    var lines = new ArrayList<String>();
    platform.bean(AuditTrail.class).export(Samples.TENANT, lines::add);

    var verdict = AuditFile.check(lines.stream(), Optional.of(head));
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.head()).isEqualTo(head);
    assertThat(verdict.pending()).isEqualTo(2);

    var changed = new ArrayList<>(lines);
    Collections.swap(changed, 1, 2);
    assertThat(kinds(changed)).contains(SEAL_CHANGED);
    changed = new ArrayList<>(lines);
    changed.replaceAll(line -> line.replace("\"lead-5\"", "\"lead-99\""));
    assertThat(kinds(changed)).containsExactly(ENTRY_CHANGED);
    changed = new ArrayList<>(lines);
    changed.removeIf(line -> line.contains("\"lead-5\""));
    assertThat(kinds(changed)).containsExactly(ENTRY_REMOVED);
    changed = new ArrayList<>(lines);
    changed.removeIf(line -> line.startsWith("{\"seal\"") && line.contains("\"number\":3"));
    assertThat(kinds(changed)).contains(CHAIN_CUT);
    var cut = lines.subList(0, 8);
    assertThatThrownBy(() -> kinds(cut)).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void anotherTenantHasAChainOfItsOwn() {
    assertThat(platform.bean(AuditTrail.class).head(Samples.OTHER_TENANT)).isEqualTo(Head.NONE);
    assertThat(platform.bean(Audit.class).list(Samples.OTHER_TENANT, null, 10)).isEmpty();
  }

  private static List<Finding.Kind> kinds(List<String> lines) {
    return AuditFile.check(lines.stream(), Optional.empty()).findings().stream()
        .map(Finding::kind)
        .toList();
  }

  private List<Finding> findings() {
    return findings(Optional.empty());
  }

  private List<Finding> findings(Optional<Head> known) {
    return platform.bean(AuditTrail.class).check(Samples.TENANT, known).findings();
  }

  private String key(int i) {
    return Table.text(entry(i), "statusSk");
  }

  private Map<String, AttributeValue> entry(int i) {
    return table
        .items(item ->
            "audit".equals(Table.text(item, "entity"))
                && ("lead-" + i).equals(Table.text(item, "subject")))
        .getFirst();
  }

  private Map<String, AttributeValue> sealItem(int number) {
    return table
        .items(item ->
            "seal".equals(Table.text(item, "entity"))
                && Integer.toString(number).equals(Table.text(item, "number")))
        .getFirst();
  }
}
