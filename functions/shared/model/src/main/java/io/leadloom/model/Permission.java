package io.leadloom.model;

import io.leadloom.model.fault.InvalidInputException;
import java.util.Arrays;
import java.util.Set;

/**
 * Something a caller may do to its own tenant, with the roles that may. API keys and tokens can be
 * narrowed to some of them, never widened.
 */
public enum Permission implements Coded {
  READ_LEADS("leads:read", Role.VIEWER),
  WRITE_LEADS("leads:write", Role.MEMBER),
  READ_CAMPAIGNS("campaigns:read", Role.VIEWER),
  WRITE_CAMPAIGNS("campaigns:write", Role.MEMBER),
  READ_APPROVALS("approvals:read", Role.VIEWER),
  DECIDE_APPROVALS("approvals:decide", Role.MEMBER),
  READ_SUPPRESSIONS("suppressions:read", Role.VIEWER),
  WRITE_SUPPRESSIONS("suppressions:write", Role.MEMBER),
  READ_SOURCES("sources:read", Role.VIEWER),
  WRITE_SOURCES("sources:write", Role.MEMBER),
  READ_SETTINGS("settings:read", Role.VIEWER),
  WRITE_SETTINGS("settings:write", Role.ADMIN),
  READ_MEMBERS("members:read", Role.VIEWER),
  WRITE_MEMBERS("members:write", Role.ADMIN),
  READ_KEYS("keys:read", Role.ADMIN),
  WRITE_KEYS("keys:write", Role.ADMIN),
  READ_WEBHOOKS("webhooks:read", Role.ADMIN),
  WRITE_WEBHOOKS("webhooks:write", Role.ADMIN),
  READ_USAGE("usage:read", Role.VIEWER),
  READ_AUDIT("audit:read", Role.ADMIN),
  WRITE_PLAN("plan:write", Role.OWNER);

  private final String code;
  private final Role least;

  Permission(String code, Role least) {
    this.code = code;
    this.least = least;
  }

  /** Its name on the wire: the scope of a key or token, such as {@code leads:read}. */
  @Override
  public String code() {
    return code;
  }

  /** The least of the roles that may. */
  public Role least() {
    return least;
  }

  /** The permission of that code; {@link InvalidInputException} where there is none. */
  public static Permission of(String code) {
    return Arrays.stream(values())
        .filter(permission -> permission.code.equals(code))
        .findFirst()
        .orElseThrow(() ->
            new InvalidInputException(
                "permission.unknown",
                "There is no permission '"
                    + code
                    + "'; there are "
                    + String.join(", ", Arrays.stream(values()).map(Permission::code).toList())));
  }

  /** All there are: what a caller that is not narrowed has. */
  public static Set<Permission> all() {
    return Set.of(values());
  }
}
