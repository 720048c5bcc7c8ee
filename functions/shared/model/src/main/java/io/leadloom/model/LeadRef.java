package io.leadloom.model;

import org.jspecify.annotations.Nullable;

/** Where something that arrives from outside belongs. */
public record LeadRef(TenantId tenant, LeadId lead, @Nullable TouchId touch) {}
