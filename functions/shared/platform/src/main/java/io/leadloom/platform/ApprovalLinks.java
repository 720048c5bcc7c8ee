package io.leadloom.platform;

import io.leadloom.model.Approval;
import io.leadloom.model.TenantId;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The signed, expiring links by which approvers reach a draft. */
@Singleton
public final class ApprovalLinks {

  private static final String USE = "approval";

  private final SignedTokens tokens;
  private final Settings settings;

  ApprovalLinks(SignedTokens tokens, Settings settings) {
    this.tokens = tokens;
    this.settings = settings;
  }

  /**
   * The link of one approver.
   *
   * @param approver how the audit names them, such as {@code approver-0}; no address
   */
  public URI of(TenantId tenant, Approval approval, String approver) {
    var token =
        tokens.sign(USE, approval.expiresAt(), tenant.value(), approval.id().value(), approver);
    return URI.create(settings.publicUrl() + "/approvals/" + approval.id() + "?t=" + token);
  }

  /** Who holds a token, and for which approval; nothing where it is forged or expired. */
  public Optional<Holder> verify(String token) {
    return tokens.verify(USE, token).map(Holder::of);
  }

  /** The bearer of a link. */
  public record Holder(TenantId tenant, String approval, String approver) {
    private static Holder of(List<String> ids) {
      return new Holder(TenantId.of(ids.get(0)), ids.get(1), ids.get(2));
    }
  }
}
