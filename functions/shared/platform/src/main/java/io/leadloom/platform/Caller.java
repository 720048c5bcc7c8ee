package io.leadloom.platform;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.KeyId;
import io.leadloom.model.Permission;
import io.leadloom.model.Role;
import io.leadloom.model.TenantId;
import io.leadloom.model.UserId;
import io.leadloom.model.fault.ForbiddenException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who calls the API and for which tenant, as the authorizer proved it. Nothing a caller sends
 * beside its credentials changes any of this.
 *
 * @param actor who it is in the audit: {@code user:} or {@code key:} and an id
 * @param scopes what the credentials are narrowed to; the role still has to allow it
 */
public record Caller(TenantId tenant, String actor, Role role, Set<Permission> scopes) {

  private static final String USER = "user:";
  private static final String KEY = "key:";

  /** Keeps a copy. */
  public Caller {
    scopes = Set.copyOf(scopes);
  }

  /** How a person is named as an actor. */
  public static String actor(UserId user) {
    return USER + user;
  }

  /** How an API key is named as an actor. */
  public static String actor(KeyId key) {
    return KEY + key;
  }

  /** The person who is an actor, if it is one. */
  public static Optional<UserId> user(String actor) {
    return actor.startsWith(USER)
        ? Optional.of(UserId.of(actor.substring(USER.length())))
        : Optional.empty();
  }

  /** The API key that is the caller, if it is one. */
  public Optional<KeyId> key() {
    return actor.startsWith(KEY)
        ? Optional.of(KeyId.of(actor.substring(KEY.length())))
        : Optional.empty();
  }

  /** The caller in an authorizer's context, if that names one. */
  static Optional<Caller> of(JsonNode context) {
    if (!context.hasNonNull("tenantId")) {
      return Optional.empty();
    }
    return Optional.of(
        new Caller(
            TenantId.of(context.path("tenantId").asText()),
            context.path("actor").asText(),
            Role.of(context.path("role").asText()),
            Arrays.stream(context.path("scopes").asText().split(" "))
                .filter(code -> !code.isEmpty())
                .map(Permission::of)
                .collect(Collectors.toSet())));
  }

  /** What an authorizer's context says about this caller; its values are plain strings. */
  public Map<String, String> toContext() {
    var context = new LinkedHashMap<String, String>();
    context.put("tenantId", tenant.value());
    context.put("actor", actor);
    context.put("role", role.code());
    context.put(
        "scopes", scopes.stream().map(Permission::code).sorted().collect(Collectors.joining(" ")));
    return context;
  }

  /** Whether both its role and its scopes allow it. */
  public boolean may(Permission permission) {
    return role.may(permission) && scopes.contains(permission);
  }

  /** Goes on only where {@link #may} says so; {@link ForbiddenException} else. */
  public void require(Permission permission) {
    if (!role.may(permission)) {
      throw new ForbiddenException(
          "role.too-low",
          "This needs the permission %s, which the role %s does not have; ask for %s"
              .formatted(permission.code(), role.code(), permission.least().code()));
    }
    if (!scopes.contains(permission)) {
      throw new ForbiddenException(
          "scope.missing",
          "This needs the scope %s, which these credentials do not have"
              .formatted(permission.code()));
    }
  }
}
