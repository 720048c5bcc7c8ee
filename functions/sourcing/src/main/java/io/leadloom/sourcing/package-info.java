/** Public records in: reads permits, maps and judges them, raises signals and leads. */
@NullMarked
package io.leadloom.sourcing;

import org.jspecify.annotations.NullMarked;
