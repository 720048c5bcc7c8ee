package io.leadloom.local.template;

import java.time.Duration;
import java.util.List;

/** Who decides whether a request may reach the function of a route. */
public sealed interface Authorizer {

  /** Every request may. */
  record Open() implements Authorizer {}

  /** AWS_IAM: requests are to be signed. */
  record Iam() implements Authorizer {}

  /**
   * A function that sees the request, in payload format 2.0.
   *
   * @param identitySources what must be in a request, for example {@code
   *     $request.header.Authorization}; answers are kept by their values
   * @param simpleResponses whether the function answers {@code isAuthorized}, not a policy
   * @param reauthorizeEvery how long an answer is kept; zero for not at all
   */
  record Request(
      String name,
      String functionArn,
      List<String> identitySources,
      boolean simpleResponses,
      Duration reauthorizeEvery)
      implements Authorizer {}

  /**
   * The signed tokens of an issuer that publishes its keys by OpenID Connect discovery.
   *
   * @param audiences one of which a token must be for
   * @param identitySource where the token is, with or without {@code Bearer} before it
   * @param scopes one of which a token must have, if there are any
   */
  record Jwt(
      String name,
      String issuer,
      List<String> audiences,
      String identitySource,
      List<String> scopes)
      implements Authorizer {

    Jwt withScopes(List<String> others) {
      return new Jwt(name, issuer, audiences, identitySource, others);
    }
  }
}
