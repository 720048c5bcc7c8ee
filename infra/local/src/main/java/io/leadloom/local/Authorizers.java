package io.leadloom.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.local.template.Authorizer;
import java.time.Clock;
import java.util.Optional;

/**
 * Lets requests in as their routes ask for it. A route that asks for AWS_IAM lets every request in,
 * as other emulators do; signatures are not checked on one machine.
 */
final class Authorizers {

  private final RequestAuthorizers functions;
  private final JwtAuthorizers tokens;

  Authorizers(LambdaService lambda, Clock clock) {
    this.functions = new RequestAuthorizers(lambda, clock);
    this.tokens = new JwtAuthorizers(clock);
  }

  Admission admit(ApiRequest request) {
    return switch (request.match().route().authorizer()) {
      case Authorizer.Open open -> new Admission.Admitted(Optional.empty());
      case Authorizer.Iam iam -> new Admission.Admitted(Optional.of(localUser()));
      case Authorizer.Request function -> functions.admit(function, request);
      case Authorizer.Jwt issuer -> tokens.admit(issuer, request);
    };
  }

  private static ObjectNode localUser() {
    var authorizer = Json.object();
    authorizer
        .putObject("iam")
        .put("accessKey", "test")
        .put("accountId", "000000000000")
        .put("callerId", "local")
        .put("userArn", "arn:aws:iam::000000000000:user/local")
        .put("userId", "local");
    return authorizer;
  }
}
