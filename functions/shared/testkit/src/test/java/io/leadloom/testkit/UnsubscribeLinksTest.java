package io.leadloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.model.LeadRef;
import io.leadloom.platform.UnsubscribeLinks;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UnsubscribeLinksTest {

  @RegisterExtension final Platform platform = new Platform();

  @Test
  void aLinkLeadsBackToItsLeadYearsLater() {
    var links = platform.bean(UnsubscribeLinks.class);
    var lead = Samples.lead().id();
    var link = links.of(Samples.TENANT, lead);
    assertThat(link).asString().startsWith("https://app.leadloom.example/unsubscribe/");
    platform.clock().advance(Duration.ofDays(3000));
    assertThat(links.of(Samples.TENANT, lead)).isEqualTo(link);
    assertThat(links.read(token(link.getPath()))).contains(new LeadRef(Samples.TENANT, lead, null));
  }

  @Test
  void aForgedTokenLeadsNowhere() {
    var links = platform.bean(UnsubscribeLinks.class);
    var token = token(links.of(Samples.TENANT, Samples.lead().id()).getPath());
    assertThat(links.read("x" + token)).isEmpty();
    assertThat(links.read("")).isEmpty();
  }

  private static String token(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
