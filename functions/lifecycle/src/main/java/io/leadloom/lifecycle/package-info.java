/** Starts, closes and records the faults of a lead's execution. */
@NullMarked
package io.leadloom.lifecycle;

import org.jspecify.annotations.NullMarked;
