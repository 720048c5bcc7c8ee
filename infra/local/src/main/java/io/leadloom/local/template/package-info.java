/** Reads SAM templates: YAML with its intrinsic functions into plain records. */
@NullMarked
package io.leadloom.local.template;

import org.jspecify.annotations.NullMarked;
