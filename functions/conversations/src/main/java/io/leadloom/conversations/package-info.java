/** Understands replies and decides what happens next. */
@NullMarked
package io.leadloom.conversations;

import org.jspecify.annotations.NullMarked;
