package io.leadloom.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.model.Role;
import io.leadloom.model.Tenant;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Tenants;
import io.leadloom.testkit.Interleavings;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One POST sent by two or three at once, in a thousand orders; in some, one of them dies. */
class InterleavingsTest {

  private static final int SEEDS = 1_000;

  /** No more than any plan allows. */
  private static final int CAMPAIGNS = 5;

  /** Longer than a request that was begun is believed to be worked on. */
  private static final Duration PAUSE = Duration.ofSeconds(61);

  @RegisterExtension final Platform platform = new Platform();

  @Test
  void noOrderOfCallsAndNoDeathLetsOnePostActTwice() {
    platform.setting("API_REQUESTS_PER_MINUTE", "100000000");
    var handler = new ApiHandler();
    for (var from = 0; from < SEEDS; from += CAMPAIGNS) {
      var owner = ownerOf(TenantId.of("tenant-" + from), handler);
      for (var seed = from; seed < from + CAMPAIGNS; seed++) {
        assertOneCampaign(seed, owner);
      }
      assertThat(names(owner)).hasSize(CAMPAIGNS).doesNotHaveDuplicates();
    }
  }

  private void assertOneCampaign(int seed, ApiClient owner) {
    var name = "seed-" + seed;
    Callable<ApiClient.Reply> post =
        () -> owner.post("/v1/campaigns", name, "{\"name\":\"%s\"}".formatted(name));
    var callers = seed % 10 == 0 ? 3 : 2;

    var replies =
        Interleavings.run(seed, platform.clock(), PAUSE, Collections.nCopies(callers, post));

    var made = new TreeSet<String>();
    for (var reply : replies.stream().flatMap(Optional::stream).toList()) {
      assertThat(reply.status()).as("%s: %s", name, reply.text()).isIn(201, 409);
      if (reply.status() == 201) {
        made.add(reply.text());
      }
    }
    // Whoever got no answer asks again, once those who died must be taken for dead.
    platform.clock().advance(PAUSE);
    var last = owner.post("/v1/campaigns", name, "{\"name\":\"%s\"}".formatted(name));
    assertThat(last.status()).as("%s: %s", name, last.text()).isEqualTo(201);
    made.add(last.text());
    assertThat(made).as(name).hasSize(1);
  }

  /** The owner of a new tenant. */
  private ApiClient ownerOf(TenantId tenant, ApiHandler handler) {
    var like = Samples.tenant();
    platform
        .bean(Tenants.class)
        .create(
            new Tenant(
                tenant,
                like.name(),
                like.pack(),
                like.mode(),
                like.autoApproveAt(),
                like.approvers(),
                like.sender(),
                like.subscription(),
                like.dailyLimit(),
                0));
    return ApiClient.of(handler, tenant, Role.OWNER);
  }

  private static List<String> names(ApiClient owner) {
    var names = new ArrayList<String>();
    owner
        .get("/v1/campaigns")
        .body()
        .path("campaigns")
        .forEach(campaign -> names.add(campaign.path("name").asText()));
    return names;
  }
}
