/** What can go wrong, by who has to act on it. State machines match these class names. */
@NullMarked
package io.leadloom.model.fault;

import org.jspecify.annotations.NullMarked;
