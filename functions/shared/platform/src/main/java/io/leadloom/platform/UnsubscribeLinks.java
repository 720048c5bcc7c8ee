package io.leadloom.platform;

import io.leadloom.model.LeadId;
import io.leadloom.model.LeadRef;
import io.leadloom.model.TenantId;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * The link by which a recipient opts out, the same in the text of a message and in its {@code
 * List-Unsubscribe} header. It is the same for a lead every time and does not run out: the law asks
 * that an opt-out works long after the message was sent.
 */
@Singleton
public final class UnsubscribeLinks {

  private static final String USE = "unsubscribe";
  private static final Instant FAR_FUTURE = Instant.parse("2100-01-01T00:00:00Z");

  private final SignedTokens tokens;
  private final Settings settings;

  UnsubscribeLinks(SignedTokens tokens, Settings settings) {
    this.tokens = tokens;
    this.settings = settings;
  }

  /** The link of a lead. */
  public URI of(TenantId tenant, LeadId lead) {
    return URI.create(
        settings.publicUrl()
            + "/unsubscribe/"
            + tokens.sign(USE, FAR_FUTURE, tenant.value(), lead.value()));
  }

  /** Whom the token at the end of a link is for; nothing where it was forged. */
  public Optional<LeadRef> read(String token) {
    return tokens
        .verify(USE, token)
        .map(ids -> new LeadRef(TenantId.of(ids.get(0)), LeadId.of(ids.get(1)), null));
  }
}
