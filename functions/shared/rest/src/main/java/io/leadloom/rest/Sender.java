package io.leadloom.rest;

import io.leadloom.model.fault.ForbiddenException;
import io.leadloom.model.fault.UnauthenticatedException;
import io.leadloom.platform.Caller;
import io.leadloom.platform.HttpRequest;
import io.leadloom.platform.Person;
import java.util.Optional;

/**
 * Who sent a request: somebody who works for a tenant, a person, or mostly both. Never neither.
 *
 * @param identified absent for people who belong to no tenant
 * @param personally absent for API keys
 */
public record Sender(Optional<Caller> identified, Optional<Person> personally) {

  /** Who sent it; {@link UnauthenticatedException} where nobody is proven. */
  static Sender of(HttpRequest request) {
    var sender = new Sender(request.identified(), request.person());
    return sender.personally().isPresent()
        ? sender
        : new Sender(Optional.of(request.caller()), Optional.empty());
  }

  /** Who calls for the tenant; {@link ForbiddenException} for a person who belongs to none. */
  public Caller caller() {
    return identified.orElseThrow(() ->
        new ForbiddenException(
            "tenant.none",
            "You belong to no organisation yet: found one by POST /v1/tenants, or accept an"
                + " invitation, and take a new token"));
  }

  /** The person who calls; {@link ForbiddenException} for an API key. */
  public Person person() {
    return personally.orElseThrow(() ->
        new ForbiddenException(
            "person.required", "This is for people; sign in instead of sending an API key"));
  }

  /** How the audit names them. */
  public String actor() {
    return identified.map(Caller::actor).orElseGet(() -> Caller.actor(person().user()));
  }
}
