/** The REST API under {@code /v1}, and its resources that belong to no other group. */
@NullMarked
package io.leadloom.api;

import org.jspecify.annotations.NullMarked;
