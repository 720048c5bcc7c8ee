/** The pages a person sees: pipeline, leads, one lead, approvals. */
@NullMarked
package io.leadloom.console;

import org.jspecify.annotations.NullMarked;
