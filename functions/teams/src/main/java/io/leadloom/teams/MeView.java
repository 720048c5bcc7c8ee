package io.leadloom.teams;

import io.leadloom.rest.About;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who calls. */
record MeView(
    @About("How the audit names the caller") String actor,
    @About("Id of the person; absent for an API key") @Nullable String user,
    @Nullable String email,
    @About("The organisation that these credentials are for; absent for a person without one")
        @Nullable TenantView tenant,
    @About("What these credentials may do there") List<String> permissions,
    @About("All organisations that the person works for") List<TenantView> tenants) {}
