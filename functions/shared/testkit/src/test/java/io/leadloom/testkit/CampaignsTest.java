package io.leadloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.model.Campaign;
import io.leadloom.model.CampaignId;
import io.leadloom.model.fault.TransientException;
import io.leadloom.platform.Campaigns;
import io.leadloom.platform.Campaigns.Kept;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The open campaigns of a tenant, on DynamoDB Local. */
class CampaignsTest {

  @RegisterExtension final Platform platform = new Platform();

  @Test
  void neitherThePlanNorTheWholeIsExceededByManyAtOnce() throws Exception {
    var attempts = IntStream.range(0, 12).<Callable<Kept>>mapToObj(n -> () -> made(n, 30)).toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.invokeAll(attempts);
    }
    var roster = platform.bean(Campaigns.class).roster(Samples.TENANT);
    assertThat(roster.allocated()).isEqualTo(90);
    for (var n = 20; roster.size() + n - 20 < 8; n++) {
      assertThat(made(n, null)).isInstanceOf(Kept.Done.class);
    }
    assertThat(made(40, null)).isEqualTo(new Kept.TooMany());
  }

  @Test
  void aCrashWhileACampaignIsMadeChangesNothing() {
    Crashes.on(platform)
        .everywhere(
            () -> {},
            () -> {
              var campaigns = platform.bean(Campaigns.class);
              var id = CampaignId.of("campaign-1");
              return campaigns.find(Samples.TENANT, id).isPresent()
                  ? "there"
                  : made(1, 10) instanceof Kept.Done ? "there" : "refused";
            });
  }

  private Kept made(int n, @Nullable Integer allocation) {
    var campaign =
        Campaign.made(CampaignId.of("campaign-" + n), "C", Campaign.Status.ACTIVE, TestClock.START)
            .allocated(allocation);
    while (true) {
      try {
        return platform.bean(Campaigns.class).keep(Samples.TENANT, campaign, 8);
      } catch (TransientException e) {
        Thread.onSpinWait();
      }
    }
  }
}
