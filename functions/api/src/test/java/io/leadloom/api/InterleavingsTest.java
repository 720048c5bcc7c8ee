package io.leadloom.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.model.Role;
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

  /** Longer than a request that was begun is believed to be worked on. */
  private static final Duration PAUSE = Duration.ofSeconds(61);

  @RegisterExtension final Platform platform = new Platform();

  @Test
  void noOrderOfCallsAndNoDeathLetsOnePostActTwice() {
    platform.setting("API_REQUESTS_PER_MINUTE", "100000000");
    platform.bean(Tenants.class).create(Samples.tenant());
    var member = ApiClient.of(new ApiHandler(), Samples.TENANT, Role.OWNER);
    for (var seed = 0; seed < SEEDS; seed++) {
      var name = "seed-" + seed;
      Callable<ApiClient.Reply> post =
          () -> member.post("/v1/campaigns", name, "{\"name\":\"%s\"}".formatted(name));
      var callers = seed % 4 == 0 ? 3 : 2;

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
      var last = member.post("/v1/campaigns", name, "{\"name\":\"%s\"}".formatted(name));
      assertThat(last.status()).as("%s: %s", name, last.text()).isEqualTo(201);
      made.add(last.text());
      assertThat(made).as(name).hasSize(1);
    }
    assertThat(names(member)).hasSize(SEEDS).doesNotHaveDuplicates();
  }

  private static List<String> names(ApiClient member) {
    var names = new ArrayList<String>();
    var cursor = "";
    do {
      var page = member.get("/v1/campaigns?limit=200" + cursor).body();
      page.path("campaigns").forEach(campaign -> names.add(campaign.path("name").asText()));
      cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    return names;
  }
}
