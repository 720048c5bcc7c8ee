/** The third parties over HTTP, and prospects who answer. */
@NullMarked
package io.leadloom.simulators;

import org.jspecify.annotations.NullMarked;
