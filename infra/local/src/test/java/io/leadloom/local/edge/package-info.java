/** Functions behind an API, for the stack to run in its tests. */
@NullMarked
package io.leadloom.local.edge;

import org.jspecify.annotations.NullMarked;
