package io.leadloom.api;

import io.leadloom.rest.About;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Leads of a list. */
record LeadPage(
    @About("May be fewer than asked for, even none, where a filter leaves many out; 'next' tells")
        List<LeadView> leads,
    @About("Cursor of what follows; absent at the end") @Nullable String next) {}
