package io.leadloom.outreach;

import io.leadloom.model.Tenant;
import io.leadloom.model.fault.PermanentException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The providers that tenants can choose from. */
@Singleton
final class Mailers {

  private final Map<String, Mailer> byName;

  Mailers(List<Mailer> all) {
    byName = all.stream().collect(Collectors.toMap(Mailer::name, Function.identity()));
  }

  /** The provider a tenant sends through; {@link PermanentException} where there is no such. */
  Mailer of(Tenant tenant) {
    return named(tenant.sender().provider());
  }

  /** The provider of that name; {@link PermanentException} where there is none. */
  Mailer named(String name) {
    var mailer = byName.get(name);
    if (mailer == null) {
      throw new PermanentException(
          "sender.provider-unknown",
          "There is no mail provider '" + name + "'; use one of " + byName.keySet());
    }
    return mailer;
  }
}
