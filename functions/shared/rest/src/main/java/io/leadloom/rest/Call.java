package io.leadloom.rest;

import io.leadloom.model.TenantId;
import io.leadloom.platform.Caller;
import io.leadloom.platform.Person;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A request that passed all checks.
 *
 * @param path the ids in its path, by name
 * @param sent names of the members that its body has, to tell null from absent
 * @param seen the revision that the caller saw
 * @param effectId the same for each repetition of the same call, and for no other: ids of what it
 *     makes are derived from it
 */
public record Call<Q, B>(
    Sender sender,
    Map<String, String> path,
    Q query,
    B body,
    Set<String> sent,
    Revision seen,
    String effectId) {

  /** Who calls for the tenant; see {@link Sender#caller}. */
  public Caller caller() {
    return sender.caller();
  }

  /** The person who calls; see {@link Sender#person}. */
  public Person person() {
    return sender.person();
  }

  /** The tenant, as the credentials prove it. */
  public TenantId tenant() {
    return caller().tenant();
  }

  /** Which members were sent, as the audit tells it: in alphabetical order. */
  public String sentMembers() {
    return sent.stream().sorted().collect(Collectors.joining(", "));
  }

  /** An id in the path. */
  public String id(String name) {
    return Objects.requireNonNull(path.get(name), name);
  }
}
