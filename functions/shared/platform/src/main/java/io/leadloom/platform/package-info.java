/**
 * The plumbing every feature leans on: wiring, the table and its stores, callbacks, provider HTTP.
 */
@NullMarked
package io.leadloom.platform;

import org.jspecify.annotations.NullMarked;
