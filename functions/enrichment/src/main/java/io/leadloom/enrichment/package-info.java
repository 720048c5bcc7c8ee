/** Company and decision maker of a lead, found through a waterfall of providers. */
@NullMarked
package io.leadloom.enrichment;

import org.jspecify.annotations.NullMarked;
