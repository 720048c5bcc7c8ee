/** The whole stack of template.yaml in one JVM. */
@NullMarked
package io.leadloom.local;

import org.jspecify.annotations.NullMarked;
