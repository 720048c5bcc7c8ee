/** How fast durable steps are. */
@NullMarked
package io.leadloom.bench;

import org.jspecify.annotations.NullMarked;
