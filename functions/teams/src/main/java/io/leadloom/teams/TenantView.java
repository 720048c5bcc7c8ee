package io.leadloom.teams;

import io.leadloom.model.Role;
import io.leadloom.model.Tenant;
import io.leadloom.rest.About;

/** An organisation as somebody sees it who works for it. */
record TenantView(
    String id,
    String name,
    @About("Id of its trade") String pack,
    @About("What the caller is to it") Role role) {

  static TenantView of(Tenant tenant, Role role) {
    return new TenantView(tenant.id().value(), tenant.name(), tenant.pack(), role);
  }
}
