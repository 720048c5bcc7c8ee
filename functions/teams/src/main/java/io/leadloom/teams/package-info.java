/** Organisations, and the people and programs that work for them. */
@NullMarked
package io.leadloom.teams;

import org.jspecify.annotations.NullMarked;
