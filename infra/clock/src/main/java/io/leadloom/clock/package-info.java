/** One clock for engine, schedules, simulators and business code of the local stack. */
@NullMarked
package io.leadloom.clock;

import org.jspecify.annotations.NullMarked;
