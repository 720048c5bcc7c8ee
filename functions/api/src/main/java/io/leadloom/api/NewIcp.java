package io.leadloom.api;

import io.leadloom.model.Icp;
import io.leadloom.rest.About;
import io.leadloom.rest.Length;
import io.leadloom.rest.Range;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The customers that are wanted, as callers send them. */
@About("The customers that are wanted; what is absent is as the trade has it.")
record NewIcp(
    @About("Words or phrases of an industry; an asterisk stands for the end of a word")
        @Nullable
        @Length(min = 0, max = 50)
        List<String> industries,
    @Nullable @Range(max = 10_000_000) Integer minEmployees,
    @Nullable @Range(max = 10_000_000) Integer maxEmployees,
    @About("Countries, such as US, or states, such as US-TX") @Nullable @Length(min = 0, max = 100)
        List<String> places) {

  static final String CODE = "icp.sizes";

  private static final String NOBODY =
      "No firm has at least %d and at most %d employees; swap them";

  /** What is wrong with it, if anything is. */
  static Optional<String> problem(@Nullable NewIcp wanted) {
    if (wanted == null || wanted.minEmployees == null || wanted.maxEmployees == null) {
      return Optional.empty();
    }
    return wanted.minEmployees <= wanted.maxEmployees
        ? Optional.empty()
        : Optional.of(NOBODY.formatted(wanted.minEmployees, wanted.maxEmployees));
  }

  static @Nullable Icp of(@Nullable NewIcp wanted) {
    return wanted == null
        ? null
        : new Icp(
            wanted.industries == null ? List.of() : wanted.industries,
            wanted.minEmployees,
            wanted.maxEmployees,
            wanted.places == null ? List.of() : wanted.places);
  }
}
