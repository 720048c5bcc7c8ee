/** Functions for the stack to run in its tests. */
@NullMarked
package io.leadloom.local.toy;

import org.jspecify.annotations.NullMarked;
