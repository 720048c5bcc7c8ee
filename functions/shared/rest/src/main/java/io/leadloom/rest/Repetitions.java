package io.leadloom.rest;

import io.leadloom.model.TenantId;
import io.leadloom.model.UserId;
import io.leadloom.platform.HttpResponse;
import io.leadloom.platform.IdempotentRequests;
import io.leadloom.platform.IdempotentRequests.Claim;
import io.leadloom.platform.Sealed;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Map;

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
    return operation.permission().isEmpty() && sender.personally().isPresent()
        ? new OfPerson(sender.person().user(), operation.tellsSecret())
        : new OfTenant(sender.caller().tenant(), operation.tellsSecret());
  }

  /** Requests that are kept together; their keys are told apart from those of others. */
  abstract class Kept {

    private final boolean secret;

    Kept(boolean secret) {
      this.secret = secret;
    }

    /** Tells whose they are. */
    abstract String name();

    abstract Claim claim(String key, String fingerprint);

    abstract void release(Claim.Granted claim);

    abstract void keep(Claim.Granted claim, int status, Map<String, String> headers, String body);

    /** Keeps the answer; one with a secret in it is kept sealed. */
    final void complete(Claim.Granted claim, HttpResponse answer) {
      var body = new String(answer.body(), StandardCharsets.UTF_8);
      keep(claim, answer.status(), answer.headers(), secret ? sealed.seal(body) : body);
    }

    /** The answer that was kept. */
    final HttpResponse answer(Claim.Done done) {
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

  private final class OfTenant extends Kept {

    private final TenantId tenant;

    OfTenant(TenantId tenant, boolean secret) {
      super(secret);
      this.tenant = tenant;
    }

    @Override
    String name() {
      return tenant.value();
    }

    @Override
    Claim claim(String key, String fingerprint) {
      return requests.claim(tenant, key, fingerprint);
    }

    @Override
    void release(Claim.Granted claim) {
      requests.release(tenant, claim);
    }

    @Override
    void keep(Claim.Granted claim, int status, Map<String, String> headers, String body) {
      requests.complete(tenant, claim, status, headers, body);
    }
  }

  private final class OfPerson extends Kept {

    private final UserId person;

    OfPerson(UserId person, boolean secret) {
      super(secret);
      this.person = person;
    }

    @Override
    String name() {
      return "person " + person;
    }

    @Override
    Claim claim(String key, String fingerprint) {
      return requests.claimByPerson(person, key, fingerprint);
    }

    @Override
    void release(Claim.Granted claim) {
      requests.releaseByPerson(person, claim);
    }

    @Override
    void keep(Claim.Granted claim, int status, Map<String, String> headers, String body) {
      requests.completeByPerson(person, claim, status, headers, body);
    }
  }
}
