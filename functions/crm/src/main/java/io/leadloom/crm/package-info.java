/** Hands a booking to the CRM. */
@NullMarked
package io.leadloom.crm;

import org.jspecify.annotations.NullMarked;
