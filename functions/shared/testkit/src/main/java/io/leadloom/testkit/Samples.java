package io.leadloom.testkit;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.CampaignId;
import io.leadloom.model.Company;
import io.leadloom.model.Contact;
import io.leadloom.model.Lead;
import io.leadloom.model.Permit;
import io.leadloom.model.PermitRow;
import io.leadloom.model.Plan;
import io.leadloom.model.Signal;
import io.leadloom.model.SignalId;
import io.leadloom.model.Subscription;
import io.leadloom.model.Tenant;
import io.leadloom.model.TenantId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** Made-up records that tests start from. */
public final class Samples {

  /** The tenant of most tests. */
  public static final TenantId TENANT = TenantId.of("acme");

  /** Another tenant, which must never see anything of {@link #TENANT}. */
  public static final TenantId OTHER_TENANT = TenantId.of("globex");

  /** The campaign of most tests. */
  public static final CampaignId CAMPAIGN = CampaignId.of("default");

  private Samples() {}

  /** A fire-safety contractor in co-pilot mode. */
  public static Tenant tenant() {
    return new Tenant(
        TENANT,
        "Acme Fire Safety",
        "fire-safety",
        Tenant.Mode.CO_PILOT,
        null,
        List.of("lead@approvers.leadloom.example"),
        new Tenant.Sender(
            "resend",
            "Dana Reyes",
            "Acme Fire Safety",
            "dana@acme-fire.example",
            "acme-fire.example",
            "reply.acme-fire.example",
            "100 Sample Street, Austin, TX 78701"),
        Subscription.to(Plan.of("dominance")),
        null,
        0);
  }

  /** A company as a permit names it. */
  public static Company company() {
    return Company.named(
        "Brightwater Builders LLC",
        "brightwater builders",
        "12 Alder Way",
        "Austin",
        "TX",
        "78701");
  }

  /** The same company, enriched. */
  public static Company enrichedCompany() {
    return new Company(
        "Brightwater Builders",
        "brightwater builders",
        "brightwater-builders.example",
        "construction",
        34,
        "12 Alder Way",
        "Austin",
        "TX",
        "78701",
        "US",
        "+15125550100",
        true,
        LocalDate.parse("2025-11-01"));
  }

  /** Its decision maker. */
  public static Contact contact() {
    return new Contact(
        "Morgan",
        "Ellery",
        "Owner",
        "morgan@brightwater-builders.example",
        true,
        null,
        "+15125550101",
        true,
        "https://linkedin.example/in/morgan-ellery",
        LocalDate.parse("2025-12-01"),
        0.92,
        "apollo");
  }

  /** A permit that gives a reason to talk. */
  public static Permit permit() {
    return new Permit(
        "austin",
        "FA-2026-0017",
        "Fire Alarm Permit",
        "Install fire alarm system, new medical office",
        "New",
        "12 Alder Way",
        "Austin",
        "TX",
        "78701",
        "issued",
        LocalDate.parse("2026-02-10"),
        LocalDate.parse("2026-02-20"),
        new BigDecimal("185000"),
        new BigDecimal("12000"),
        "Brightwater Builders LLC",
        "Medical Office",
        null,
        null,
        null);
  }

  /** The signal of {@link #permit()}. */
  public static Signal signal() {
    return new Signal(SignalId.of("signal-1"), permit(), "permit.fire-alarm", 0.9, TestClock.START);
  }

  /** The row of a source that raised {@link #lead()}. */
  public static PermitRow row() {
    return rowRaising(lead());
  }

  /** A row of a source that raises a lead. */
  public static PermitRow rowRaising(Lead lead) {
    return new PermitRow(
        "permit-of-" + lead.id(),
        "content-hash",
        permit().source(),
        permit().number(),
        PermitRow.Fate.LEAD,
        signal().reason(),
        lead.id(),
        "import-1",
        1,
        TestClock.START);
  }

  /** What an audit tells of something that a test did. */
  public static AuditEntry auditEntry() {
    return new AuditEntry(TestClock.START, "test", "test.prepared", lead().id().value(), "");
  }

  /** A lead just raised. */
  public static Lead lead() {
    return Lead.raised(
        TENANT, CAMPAIGN, "fire-safety", company(), "America/Chicago", TestClock.START);
  }

  /** The same lead, with company and decision maker known. */
  public static Lead enrichedLead() {
    return lead().enriched(enrichedCompany(), contact(), "America/Chicago", TestClock.START);
  }
}
