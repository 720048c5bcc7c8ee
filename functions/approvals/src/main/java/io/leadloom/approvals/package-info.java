/** A person decides on each draft, through a signed link or the console. */
@NullMarked
package io.leadloom.approvals;

import org.jspecify.annotations.NullMarked;
