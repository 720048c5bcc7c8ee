/** Providers' webhooks: verified over raw bytes, stored once, queued, processed. */
@NullMarked
package io.leadloom.webhooks;

import org.jspecify.annotations.NullMarked;
