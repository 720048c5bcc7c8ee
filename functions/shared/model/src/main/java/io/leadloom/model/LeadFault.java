package io.leadloom.model;

import java.time.Instant;

/** A fault that stopped a lead's execution, as an operator needs it. */
public record LeadFault(String execution, String error, String cause, Instant at) {}
