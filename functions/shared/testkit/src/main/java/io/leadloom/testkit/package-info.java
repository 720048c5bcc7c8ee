/** What tests of several modules share: a local table, builders of records, a clock that jumps. */
@NullMarked
package io.leadloom.testkit;

import org.jspecify.annotations.NullMarked;
