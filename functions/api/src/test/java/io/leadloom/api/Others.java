package io.leadloom.api;

import io.leadloom.model.Tenant;
import io.leadloom.testkit.Samples;

/** The other tenant, which works as the one of the samples does. */
final class Others {

  private Others() {}

  static Tenant tenant() {
    var like = Samples.tenant();
    return new Tenant(
        Samples.OTHER_TENANT,
        like.name(),
        like.pack(),
        like.mode(),
        like.autoApproveAt(),
        like.approvers(),
        like.sender(),
        like.subscription(),
        like.dailyLimit(),
        0);
  }
}
