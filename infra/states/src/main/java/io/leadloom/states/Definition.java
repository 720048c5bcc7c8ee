package io.leadloom.states;

import org.jspecify.annotations.Nullable;

/**
 * A whole state machine.
 *
 * @param timeoutSeconds how long an execution may take, or null for any time
 */
record Definition(Branch root, @Nullable Long timeoutSeconds) {}
