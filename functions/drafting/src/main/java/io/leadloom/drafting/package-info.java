/**
 * Messages worth reading: written from templates or by a model, checked before anyone sees them.
 */
@NullMarked
package io.leadloom.drafting;

import org.jspecify.annotations.NullMarked;
