/** The frame of the REST API: operations as they are declared, and what all have in common. */
@NullMarked
package io.leadloom.rest;

import org.jspecify.annotations.NullMarked;
