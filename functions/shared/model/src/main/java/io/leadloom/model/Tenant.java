package io.leadloom.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer organisation and what it decided about itself.
 *
 * @param autoApproveAt score from which co-pilot mode approves by itself; absent: the pack's
 * @param approvers e-mail addresses that are told about drafts to decide on
 * @param dailyLimit messages a day from its sending domain; absent: the pack's
 * @param icp the customers it wants; absent: all that the pack sells to
 */
@RecordBuilder
public record Tenant(
    TenantId id,
    String name,
    String pack,
    Mode mode,
    @Nullable Integer autoApproveAt,
    List<String> approvers,
    Sender sender,
    Subscription subscription,
    @Nullable Integer dailyLimit,
    @Nullable Icp icp,
    long rev) {

  /** Keeps a copy. */
  public Tenant {
    approvers = List.copyOf(approvers);
  }

  /** A tenant that wants all the customers that its trade sells to. */
  public Tenant(
      TenantId id,
      String name,
      String pack,
      Mode mode,
      @Nullable Integer autoApproveAt,
      List<String> approvers,
      Sender sender,
      Subscription subscription,
      @Nullable Integer dailyLimit,
      long rev) {
    this(
        id,
        name,
        pack,
        mode,
        autoApproveAt,
        approvers,
        sender,
        subscription,
        dailyLimit,
        null,
        rev);
  }

  /** The same tenant with another subscription. */
  public Tenant with(Subscription changed) {
    return TenantBuilder.builder(this).subscription(changed).build();
  }

  /** The same tenant, having decided this about itself. */
  public Tenant deciding(
      String newName,
      Mode newMode,
      @Nullable Integer newAutoApproveAt,
      List<String> newApprovers,
      @Nullable Integer newDailyLimit,
      @Nullable Icp newIcp) {
    return TenantBuilder.builder(this)
        .name(newName)
        .mode(newMode)
        .autoApproveAt(newAutoApproveAt)
        .approvers(newApprovers)
        .dailyLimit(newDailyLimit)
        .icp(newIcp)
        .build();
  }

  /** Who decides on drafts. */
  public enum Mode {
    /** Everything that passes the checks is approved by rule. */
    AUTOPILOT,
    /** A person decides, unless the tenant set a score from which a rule does. */
    CO_PILOT,
    /** A person decides on everything. */
    MANUAL
  }

  /**
   * Who its messages come from.
   *
   * @param provider {@code resend} or {@code ses}
   * @param domain the sending domain, to which limits apply
   * @param replyDomain domain of the addresses that answers come back to
   * @param postalAddress required by law in each marketing message
   */
  public record Sender(
      String provider,
      String name,
      String company,
      String email,
      String domain,
      String replyDomain,
      String postalAddress) {}
}
