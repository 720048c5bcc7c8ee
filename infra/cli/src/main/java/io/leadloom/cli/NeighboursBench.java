package io.leadloom.cli;

import io.leadloom.bench.Product;
import io.leadloom.clock.StackClock;
import io.leadloom.model.Role;
import io.leadloom.model.Tenant;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Settings;
import io.leadloom.platform.Wiring;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A stack of its own with tenants that are alike, for what they notice of one another. */
final class NeighboursBench {

  private static final int QUIET = 5;

  private NeighboursBench() {}

  /** Runs something on such a stack, whose tenants are in no hurry but the last one. */
  static void on(Path folder, Consumer<Product> bench) {
    try (var leadloom = LocalLeadloom.start(folder, 0, 0, StackClock.real(), 1)) {
      var tokens =
          IntStream.rangeClosed(0, QUIET)
              .mapToObj(n -> TenantId.of(n < QUIET ? "quiet-" + n : "noisy"))
              .map(tenant -> {
                LocalTenants.ensure(tenant, "fire-safety", Tenant.Mode.CO_PILOT);
                return LocalTokens.of(leadloom.issuer(), tenant, Role.MEMBER);
              })
              .toList();
      bench.accept(
          new Product(
              leadloom.api(), leadloom.aws(), Wiring.bean(Settings.class).lifecycleArn(), tokens));
    }
  }
}
