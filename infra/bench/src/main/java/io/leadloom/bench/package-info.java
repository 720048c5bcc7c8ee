/** How fast durable steps are, and what tenants notice of one another. */
@NullMarked
package io.leadloom.bench;

import org.jspecify.annotations.NullMarked;
