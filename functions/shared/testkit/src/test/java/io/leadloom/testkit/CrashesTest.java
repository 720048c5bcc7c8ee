package io.leadloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.LeadRef;
import io.leadloom.platform.Audit;
import io.leadloom.platform.Links;
import io.leadloom.platform.Queues;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CrashesTest {

  @RegisterExtension final Platform platform = new Platform();

  @Test
  void aStepThatIsDoneAgainFromItsStartPasses() {
    var seen = new ArrayList<Boolean>();
    Crashes.on(platform)
        .everywhere(
            () -> {},
            () -> {
              seen.add(isLinked());
              link();
              send();
              return "done";
            });
    assertThat(seen)
        .as("unbroken; dead after the link, repeated; dead after the message, repeated")
        .containsExactly(false, false, true, false, true);
  }

  @Test
  void aStepThatTakesItsFirstWriteForAllOfItIsFound() {
    assertThatThrownBy(() ->
            Crashes.on(platform)
                .everywhere(
                    () -> {},
                    () -> {
                      if (!isLinked()) {
                        link();
                        send();
                      }
                      return "done";
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("dead after write 1 of 2, a PutItem, and repeated");
  }

  @Test
  void aStepThatDoesMoreWhenItIsDoneLaterIsFound() {
    assertThatThrownBy(() ->
            Crashes.on(platform)
                .everywhere(
                    () -> {},
                    () -> {
                      var now = platform.clock().instant();
                      platform
                          .bean(Audit.class)
                          .record(Samples.TENANT, new AuditEntry(now, "a", "b", "c", "d"));
                      return "done";
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("surplus item: audit");
  }

  @Test
  void aStepThatSurvivesItsDeathIsStillDead() {
    Crashes.on(platform)
        .everywhere(
            () -> {},
            () -> {
              try {
                link();
              } catch (Throwable swallowed) {
                send();
              }
              return "done";
            });
  }

  private void link() {
    platform
        .bean(Links.class)
        .put("test", "1", new LeadRef(Samples.TENANT, Samples.lead().id(), null));
  }

  private boolean isLinked() {
    return platform.bean(Links.class).find("test", "1").isPresent();
  }

  private void send() {
    platform
        .bean(Queues.class)
        .send(Samples.TENANT, platform.aws().endpoint() + "/1/queue", "a message");
  }
}
