package io.leadloom.platform;

import io.leadloom.model.TenantId;
import io.leadloom.model.UserId;

/** With whom a request that must act once is kept. */
public sealed interface Requester {

  /** All callers of a tenant. */
  record OfTenant(TenantId tenant) implements Requester {

    @Override
    public String toString() {
      return tenant.value();
    }
  }

  /** A person, whatever the tenant. */
  record OfPerson(UserId person) implements Requester {

    @Override
    public String toString() {
      return "person " + person;
    }
  }
}
