package io.leadloom.api;

import io.leadloom.model.Icp;
import io.leadloom.rest.About;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The customers that are wanted, as the API shows them. */
@About("The customers that are wanted; what is absent or empty is as the trade has it.")
record IcpView(
    @About("Words or phrases of an industry") List<String> industries,
    @Nullable Integer minEmployees,
    @Nullable Integer maxEmployees,
    @About("Countries, such as US, or states, such as US-TX") List<String> places) {

  static @Nullable IcpView of(@Nullable Icp icp) {
    return icp == null
        ? null
        : new IcpView(icp.industries(), icp.minEmployees(), icp.maxEmployees(), icp.places());
  }
}
