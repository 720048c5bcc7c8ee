package io.leadloom.cli;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.Origin;
import io.leadloom.model.Plan;
import io.leadloom.model.Subscription;
import io.leadloom.model.Tenant;
import io.leadloom.model.TenantId;
import io.leadloom.packs.Packs;
import io.leadloom.platform.Audit;
import io.leadloom.platform.Credits;
import io.leadloom.platform.Origins;
import io.leadloom.platform.Secrets;
import io.leadloom.platform.Tenants;
import io.leadloom.platform.Wiring;
import io.leadloom.simulators.SimulatedCredentials;
import java.time.Clock;
import java.util.List;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;

/** Tenants of a local stack: their messages come from made-up senders, and simulators know them. */
public final class LocalTenants {

  private LocalTenants() {}

  /**
   * Makes sure that a tenant exists, with credentials that the simulators accept.
   *
   * @return whether it was made now
   */
  public static boolean ensure(TenantId id, String pack, Tenant.Mode mode) {
    return ensure(id, pack, mode, "resend");
  }

  /** The same, for a tenant whose messages this provider sends. */
  static boolean ensure(TenantId id, String pack, Tenant.Mode mode, String mail) {
    var made = ensure(id, pack, mode, mail, Plan.all().getLast());
    if (made) {
      // More than a file has leads: what is shown here shall not end with a plan.
      Wiring.bean(Credits.class).grant(id, "local", 100_000);
    }
    return made;
  }

  /** The same, for a tenant that subscribes to this plan. */
  static boolean ensure(TenantId id, String pack, Tenant.Mode mode, String mail, Plan plan) {
    Wiring.bean(Packs.class).load(pack);
    var domain = id.value().toLowerCase(java.util.Locale.ROOT) + ".example";
    var company = Character.toUpperCase(id.value().charAt(0)) + id.value().substring(1);
    var tenant =
        new Tenant(
            id,
            company,
            pack,
            mode,
            null,
            List.of(id.value() + "@approvers.leadloom.example"),
            new Tenant.Sender(
                mail,
                "Dana Reyes",
                company,
                "dana@" + domain,
                domain,
                "reply." + domain,
                "100 Sample Street, Austin, TX 78701"),
            Subscription.to(plan),
            null,
            0);
    var made = Wiring.bean(Tenants.class).create(tenant, LocalTokens.team(id));
    if (made) {
      Origins.of(
          Origin.CLI,
          () -> {
            Wiring.bean(Audit.class)
                .record(
                    id,
                    new AuditEntry(
                        Wiring.bean(Clock.class).instant(), "cli", "tenant.added", id.value(), ""));
            return id;
          });
    }
    credentials(id);
    return made;
  }

  /** Makes sure that a tenant has credentials that the simulators accept. */
  public static void credentials(TenantId id) {
    try {
      Wiring.bean(SecretsManagerClient.class)
          .createSecret(b ->
              b.name(Secrets.nameFor(id))
                  .secretString(SimulatedCredentials.of(id.value()).toJson()));
    } catch (ResourceExistsException e) {
      // It was made before; what stands there may have been changed on purpose.
    }
  }
}
