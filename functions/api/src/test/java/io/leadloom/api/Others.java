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
        "Globex Sprinklers",
        like.pack(),
        like.mode(),
        like.autoApproveAt(),
        java.util.List.of("olga@globex.example"),
        new Tenant.Sender(
            "resend",
            "Olga Lund",
            "Globex Sprinklers",
            "olga@globex.example",
            "globex.example",
            "reply.globex.example",
            "7 Birch Road, Dallas, TX 75201"),
        like.subscription(),
        like.dailyLimit(),
        0);
  }
}
