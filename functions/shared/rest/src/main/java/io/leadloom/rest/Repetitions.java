package io.leadloom.rest;

import io.leadloom.platform.HttpResponse;
import io.leadloom.platform.IdempotentRequests;
import io.leadloom.platform.IdempotentRequests.Claim;
import io.leadloom.platform.Requester;
import io.leadloom.platform.Sealed;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;

/**
 * What was answered to POSTs, for those who send one again: kept with the tenant, or with the
 * person where the operation is about the caller itself, whose tenant it may change.
 */
@Singleton
final class Repetitions {

  private final IdempotentRequests requests;
  private final Sealed sealed;

  Repetitions(IdempotentRequests requests, Sealed sealed) {
    this.requests = requests;
    this.sealed = sealed;
  }

  /** The requests among which a repetition of this one is looked for. */
  Kept of(Sender sender, Operation<?, ?, ?> operation) {
    var requester =
        operation.permission().isEmpty() && sender.personally().isPresent()
            ? new Requester.OfPerson(sender.person().user())
            : new Requester.OfTenant(sender.caller().tenant());
    return new Kept(requester, operation.tellsSecret());
  }

  /** Requests that are kept together; their keys are told apart from those of others. */
  final class Kept {

    private final Requester requester;
    private final boolean secret;

    private Kept(Requester requester, boolean secret) {
      this.requester = requester;
      this.secret = secret;
    }

    /** Tells whose they are. */
    String name() {
      return requester.toString();
    }

    Claim claim(String key, String fingerprint) {
      return requests.claim(requester, key, fingerprint);
    }

    void release(Claim.Granted claim) {
      requests.release(requester, claim);
    }

    /** Keeps the answer; one with a secret in it is kept sealed. */
    void complete(Claim.Granted claim, HttpResponse answer) {
      var body = new String(answer.body(), StandardCharsets.UTF_8);
      requests.complete(
          requester, claim, answer.status(), answer.headers(), secret ? sealed.seal(body) : body);
    }

    /** The answer that was kept. */
    HttpResponse answer(Claim.Done done) {
      var body =
          secret
              ? sealed
                  .open(done.body())
                  .orElseThrow(() ->
                      new Refusal(
                          409,
                          "idempotency.answer-lost",
                          "What was answered cannot be read any more; look at what there is"))
              : done.body();
      return new HttpResponse(done.status(), done.headers(), body.getBytes(StandardCharsets.UTF_8));
    }
  }
}
