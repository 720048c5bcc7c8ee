package io.leadloom.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.model.Seal;
import io.leadloom.platform.Audit;
import io.leadloom.testkit.Crashes;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SealEntriesTest {

  @RegisterExtension final Platform platform = new Platform();

  @Test
  void eachEntryIsSealedOnceHoweverOftenItIsToldOf() {
    var entries = Trail.record(platform, 0, 130);

    seal(entries.subList(0, 50));
    seal(entries);
    seal(entries);

    var seals = platform.bean(Audit.class).seals(Samples.TENANT, 0, 10);
    assertThat(seals).extracting(seal -> seal.entries().size()).containsExactly(50, 49, 31);
    assertThat(seals.stream().flatMap(seal -> seal.entries().stream()))
        .containsExactlyInAnyOrderElementsOf(entries);
    assertThat(verdict().isGood()).isTrue();
    assertThat(verdict().head().total()).isEqualTo(130);
    assertThat(verdict().pending()).isZero();
  }

  @Test
  void sealersAtTheSameTimeMakeOneChain() throws Exception {
    var entries = Trail.record(platform, 0, 60);
    try (var threads = Executors.newFixedThreadPool(4)) {
      var work = new ArrayList<Callable<Boolean>>();
      for (var i = 0; i < 12; i++) {
        var some = entries.subList(i * 4, i * 4 + 16);
        work.add(() -> {
          seal(some);
          return true;
        });
      }
      for (var done : threads.invokeAll(work)) {
        // A transaction that met another one is the stream's to repeat.
        try {
          done.get();
        } catch (java.util.concurrent.ExecutionException e) {
          assertThat(e).hasCauseInstanceOf(io.leadloom.model.fault.TransientException.class);
        }
      }
    }
    seal(entries);
    assertThat(verdict().findings()).isEmpty();
    assertThat(verdict().head().total()).isEqualTo(60);
    assertThat(verdict().pending()).isZero();
  }

  @Test
  void aSealThatDiedIsSealedAgain() {
    // The repetition comes later, and a seal says when it was made.
    Crashes.on(platform)
        .forgiving("seal.hash", "seal.previous")
        .everywhere(
            () -> Trail.record(platform, 0, 120),
            () -> {
              seal(Trail.entries(platform));
              return verdict().findings();
            });
  }

  @Test
  void theHandlerSealsWhatTheStreamTells() {
    var entries = Trail.record(platform, 0, 2);
    var event = Events.read("audit/seal-entries--two-entries");
    var changes =
        List.of(change(event.path("Records").get(0), 0), change(event.at("/Records/1"), 1));
    var told = ((ObjectNode) event);
    told.putArray("Records").addAll(changes);

    Events.send(new SealEntriesHandler(), told);
    Events.send(new SealEntriesHandler(), told);

    assertThat(platform.bean(Audit.class).lastSeal(Samples.TENANT).orElseThrow().entries())
        .containsExactlyElementsOf(entries);
    assertThat(verdict().isGood()).isTrue();
  }

  /** The sample, about the entry with that number. */
  private ObjectNode change(JsonNode sample, int i) {
    var entry = platform.bean(Audit.class).list(Samples.TENANT, null, 10).reversed().get(i);
    var change = (ObjectNode) sample.deepCopy();
    var image = (ObjectNode) change.at("/dynamodb/NewImage");
    var at = entry.key().split("#")[0];
    var id = entry.key().split("#")[1];
    image.putObject("pk").put("S", "T#" + Samples.TENANT + "#AUDIT#" + id);
    image.putObject("sk").put("S", at);
    image.putObject("statusSk").put("S", entry.key());
    for (var name : List.of("at", "actor", "action", "subject", "why")) {
      image.putObject(name).put("S", entry.members().path(name).asText());
    }
    image.putObject("origin").putObject("M").putObject("via").put("S", "unknown");
    return change;
  }

  private void seal(List<Seal.Entry> entries) {
    platform.bean(SealEntries.class).run(Samples.TENANT, entries);
  }

  private ChainCheck.Verdict verdict() {
    return platform.bean(AuditTrail.class).check(Samples.TENANT, Optional.empty());
  }
}
