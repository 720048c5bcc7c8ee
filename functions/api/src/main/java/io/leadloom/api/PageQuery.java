package io.leadloom.api;

import io.leadloom.rest.About;
import io.leadloom.rest.Length;
import io.leadloom.rest.Range;
import org.jspecify.annotations.Nullable;

/** Where and how far to read. */
record PageQuery(
    @About("The 'next' of the answer before") @Nullable @Length(max = 500) String cursor,
    @About("How many at most, 50 if absent") @Nullable @Range(min = 1, max = 200) Integer limit) {

  int most() {
    return limit == null ? 50 : limit;
  }
}
