/** Finds the slot of a meeting. */
@NullMarked
package io.leadloom.meetings;

import org.jspecify.annotations.NullMarked;
