/** Plans and sends touches within the law and the limits, once each. */
@NullMarked
package io.leadloom.outreach;

import org.jspecify.annotations.NullMarked;
