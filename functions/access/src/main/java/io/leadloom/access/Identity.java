package io.leadloom.access;

import io.leadloom.model.TenantId;
import io.leadloom.model.UserId;
import java.util.Optional;

/**
 * What a valid token says.
 *
 * @param email verified by the identity provider
 * @param tenant for which tenant it is; a person who belongs to none has none yet
 * @param session the sign-in it stems from
 */
record Identity(UserId user, String email, Optional<TenantId> tenant, String session) {}
