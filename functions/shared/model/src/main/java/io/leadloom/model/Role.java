package io.leadloom.model;

import io.leadloom.model.fault.InvalidInputException;
import java.util.Arrays;
import java.util.Locale;

/** What a member is to a tenant, from the least to the most; each may all that those before may. */
public enum Role {
  /** Sees everything but keys, webhooks and the audit. */
  VIEWER,
  /** Works with leads, campaigns and drafts. */
  MEMBER,
  /** Also decides who belongs to the tenant, and how it works. */
  ADMIN,
  /** Also decides about the plan and about other owners; a tenant always has one. */
  OWNER;

  /** Whether this role may do it. */
  public boolean may(Permission permission) {
    return atLeast(permission.least());
  }

  /** Whether it may all that {@code other} may. */
  public boolean atLeast(Role other) {
    return compareTo(other) >= 0;
  }

  /** The one of the two that may less. */
  public Role orLess(Role other) {
    return atLeast(other) ? other : this;
  }

  /** Its name on the wire, in lower case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of that code; {@link InvalidInputException} where there is none. */
  public static Role of(String code) {
    return Arrays.stream(values())
        .filter(role -> role.code().equals(code))
        .findFirst()
        .orElseThrow(() ->
            new InvalidInputException(
                "role.unknown",
                "There is no role '" + code + "'; there are viewer, member, admin and owner"));
  }
}
