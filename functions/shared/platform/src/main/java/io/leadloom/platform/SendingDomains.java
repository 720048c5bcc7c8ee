package io.leadloom.platform;

import io.leadloom.model.TenantId;
import jakarta.inject.Singleton;
import java.time.LocalDate;

/** The domains that tenants send from: since when, which decides how much they may send. */
@Singleton
public final class SendingDomains {

  private final Table table;

  SendingDomains(Table table) {
    this.table = table;
  }

  /**
   * The day on which the tenant first sent from the domain; {@code today} becomes it where it never
   * did.
   */
  public LocalDate since(TenantId tenant, String domain, LocalDate today) {
    var key = Keys.sendingDomain(tenant, domain);
    return table
        .get(key, Since.class)
        .map(Since::day)
        .orElseGet(() -> {
          var item = Item.of(key, "sendingDomain", new Since(today));
          return table.putIfAbsent(item)
              ? today
              : table.get(key, Since.class).map(Since::day).orElse(today);
        });
  }

  private record Since(LocalDate day) {}
}
