package io.leadloom.api;

import io.leadloom.model.Tenant;
import io.leadloom.rest.About;
import io.leadloom.rest.Clearable;
import io.leadloom.rest.Form;
import org.jspecify.annotations.Nullable;

/** What a caller can change in a lead. */
record LeadChange(
    @About("Id of the member in whose care it is") @Nullable @Form(pattern = Form.ID) String owner,
    @About(
            "Who decides on its drafts; null: as its campaign has it. Setting it needs"
                + " settings:write")
        @Clearable
        Tenant.@Nullable Mode mode) {}
