/** Tells tenants' own systems what happens, by webhooks. */
@NullMarked
package io.leadloom.notifications;

import org.jspecify.annotations.NullMarked;
