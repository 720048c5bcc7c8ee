/**
 * An interpreter of the Amazon States Language that answers the Step Functions API and survives
 * kill -9.
 */
@NullMarked
package io.leadloom.states;

import org.jspecify.annotations.NullMarked;
