/** Proves who calls, and for which tenant. */
@NullMarked
package io.leadloom.access;

import org.jspecify.annotations.NullMarked;
