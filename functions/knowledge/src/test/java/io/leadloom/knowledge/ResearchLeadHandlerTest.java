package io.leadloom.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.platform.Leads;
import io.leadloom.platform.Permits;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ResearchLeadHandlerTest {

  @RegisterExtension final Platform platform = new Platform();

  @Test
  void whatWasFoundIsKeptWithTheLeadOnce() {
    platform
        .bean(Permits.class)
        .raise(Samples.TENANT, Samples.row(), Samples.enrichedLead(), Samples.signal());
    var answer = Events.send(new ResearchLeadHandler(), "knowledge/research-lead--qualified");
    assertThat(answer.path("outcome").asText()).isEqualTo("RESEARCHED");
    assertThat(answer.path("rules").asInt()).isGreaterThan(2);
    assertThat(Events.send(new ResearchLeadHandler(), "knowledge/research-lead--qualified"))
        .isEqualTo(answer);
    var research = platform.bean(Leads.class).story(Samples.TENANT, Samples.lead().id()).research();
    assertThat(research).hasSize(1);
    assertThat(research.getFirst().rules()).hasSize(answer.path("rules").asInt());
  }
}
