package io.leadloom.platform;

import io.leadloom.model.ApprovalId;
import io.leadloom.model.BookingId;
import io.leadloom.model.Campaign;
import io.leadloom.model.CampaignId;
import io.leadloom.model.CompanyId;
import io.leadloom.model.CompanyProfile;
import io.leadloom.model.ContactId;
import io.leadloom.model.ContactProfile;
import io.leadloom.model.CreditEntry;
import io.leadloom.model.DeliveryId;
import io.leadloom.model.DraftId;
import io.leadloom.model.EndpointId;
import io.leadloom.model.KeyId;
import io.leadloom.model.Lead;
import io.leadloom.model.LeadId;
import io.leadloom.model.ReplyId;
import io.leadloom.model.SignalId;
import io.leadloom.model.Stage;
import io.leadloom.model.TenantId;
import io.leadloom.model.TouchId;
import io.leadloom.model.UserId;
import io.leadloom.model.WebhookDelivery;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The key codec: the one place where keys of the table are written. The tenant comes first in every
 * tenant's key. Ids hold no {@code #}, so no id can reach into another's key.
 *
 * <p>Access patterns, each a single GetItem or Query, and for the index one per shard (see {@link
 * IndexShards}):
 *
 * <ul>
 *   <li>a tenant; a lead; a lead's whole story ({@code T#t#LEAD#l}); one draft, touch, reply,
 *       booking
 *   <li>an approval by its id ({@code T#t#APPROVAL#a})
 *   <li>leads of a stage, or put away, latest change first (index {@code byStatus}, {@code
 *       T#t#STAGE#s})
 *   <li>a company; the leads for it ({@code T#t#COMPANY#c}, {@code LEAD#}); a contact; a tenant's
 *       companies and its contacts, latest first (index {@code byStatus}, {@code T#t#COMPANIES} and
 *       {@code T#t#CONTACTS})
 *   <li>approvals to decide on, oldest first (index {@code byStatus}, {@code T#t#APPROVALS})
 *   <li>replies not taken up, latest first (index {@code byStatus}, {@code T#t#REPLIES})
 *   <li>all tenants' approvals by the hour in which they are due for a reminder are found tenant by
 *       tenant; tenants ({@code TENANTS})
 *   <li>the messages planned to an address, over all leads; a sending domain; a time of a meeting
 *   <li>a suppression; a tenant's suppressions, latest first (index {@code byStatus}, {@code
 *       T#t#SUPPRESSIONS}); a send counter of a day; a webhook event; the lead behind a provider's
 *       message
 *   <li>a permit row by its content; a source's cursor; a tenant's sources ({@code T#t}, {@code
 *       SOURCE#}); a run with its pages; a tenant's runs, latest first (index {@code byStatus},
 *       {@code T#t#RUNS})
 *   <li>a tenant's team; a person's tenants ({@code USER#u#TENANTS}); the tenant a person works for
 *   <li>a tenant's API keys ({@code T#t}, {@code KEY#}); an API key by its text's hash; an ended
 *       session; an invitation by its code's hash
 *   <li>a campaign; a tenant's open campaigns; what a tenant is charged for from a month on ({@code
 *       T#t#TERMS}); a tenant's campaigns, oldest first (index {@code byStatus}, {@code
 *       T#t#CAMPAIGNS})
 *   <li>a tenant's audit, latest first (index {@code byStatus}, {@code T#t#AUDIT}); its seals by
 *       number ({@code T#t#SEALS})
 *   <li>a request to the API by its idempotency key, of a tenant or a person; an import, a part of
 *       it, what became of its parts
 *   <li>a lead's credit; a tenant's credits of a month and bought on top; the ledger of a month,
 *       latest first ({@code T#t#CREDITS#m}); what was done in a month ({@code T#t#USAGE#m})
 *   <li>a tenant's webhook endpoints ({@code T#t}, {@code HOOK#}); a delivery; the deliveries to an
 *       endpoint, by time (index {@code byStatus}, {@code T#t#HOOK#e})
 * </ul>
 */
final class Keys {

  /** What the sort keys of a credit ledger's entries start with. */
  static final String CREDIT_ENTRIES = "ENTRY#";

  /** What the sort keys of the leads for a company start with. */
  static final String LEADS = "LEAD#";

  private Keys() {}

  private static String tenant(TenantId tenant) {
    return "T#" + tenant.value();
  }

  /** The tenant to whom a partition key belongs, if it is one's. */
  static Optional<TenantId> tenantOf(String pk) {
    var parts = pk.split("#", 3);
    return parts.length > 1 && parts[0].equals("T")
        ? Optional.of(TenantId.of(parts[1]))
        : Optional.empty();
  }

  private static String leadPk(TenantId tenant, LeadId lead) {
    return tenant(tenant) + "#LEAD#" + lead.value();
  }

  /** Patterns of the partition keys of all that is a tenant's, for policies. */
  static List<String> patternsOf(TenantId tenant) {
    return List.of(tenant(tenant), tenant(tenant) + "#*");
  }

  /** The same with those of rules that hold for all tenants. */
  static List<String> patternsRead(TenantId tenant) {
    return List.of(tenant(tenant), tenant(tenant) + "#*", "SUPPRESS#*");
  }

  /** Patterns of the partition keys of what leads to a tenant. */
  static List<String> patternsOfPointers() {
    return List.of("TENANTS", "USER#*", "KEYTEXT#*", "INVITATION#*");
  }

  static Key tenantRow(TenantId tenant) {
    return new Key(tenant(tenant), "TENANT");
  }

  static Key tenantListed(TenantId tenant) {
    return new Key("TENANTS", tenant.value());
  }

  static String tenants() {
    return "TENANTS";
  }

  static String terms(TenantId tenant) {
    return tenant(tenant) + "#TERMS";
  }

  static Key term(TenantId tenant, String month) {
    return new Key(terms(tenant), month);
  }

  /** That there was a tenant. */
  static Key removedTenant(TenantId tenant) {
    return new Key("REMOVED", tenant.value());
  }

  static Key team(TenantId tenant) {
    return new Key(tenant(tenant), "TEAM");
  }

  static Key membership(UserId user, TenantId tenant) {
    return new Key(memberships(user), tenant.value());
  }

  static String memberships(UserId user) {
    return "USER#" + user.value() + "#TENANTS";
  }

  static Key person(UserId user) {
    return new Key("USER#" + user.value(), "USER");
  }

  /** What a person who belongs to no tenant yet asked for, by its idempotency key. */
  static Key request(UserId person, String keyHash) {
    return new Key("USER#" + person.value() + "#REQUEST#" + keyHash, "REQUEST");
  }

  static Key limit(UserId person, String resource, String window) {
    return new Key("USER#" + person.value() + "#LIMIT#" + resource, window);
  }

  static Key endedSession(String session) {
    return new Key("SESSION#" + session, "ENDED");
  }

  static Key apiKey(TenantId tenant, KeyId id) {
    return new Key(tenant(tenant), apiKeys() + id.value());
  }

  static String apiKeys() {
    return "KEY#";
  }

  static String ofTenant(TenantId tenant) {
    return tenant(tenant);
  }

  /** How an API key finds its tenant. */
  static Key apiKeyText(String hash) {
    return new Key("KEYTEXT#" + hash, "LINK");
  }

  /** How the code of an invitation finds its tenant. */
  static Key invitationCode(String hash) {
    return new Key("INVITATION#" + hash, "LINK");
  }

  static Key lead(TenantId tenant, LeadId lead) {
    return new Key(leadPk(tenant, lead), "LEAD");
  }

  static String story(TenantId tenant, LeadId lead) {
    return leadPk(tenant, lead);
  }

  static Key signal(TenantId tenant, LeadId lead, SignalId signal) {
    return new Key(leadPk(tenant, lead), "SIGNAL#" + signal.value());
  }

  static Key score(TenantId tenant, LeadId lead, Instant at) {
    return new Key(leadPk(tenant, lead), "SCORE#" + sortable(at));
  }

  static Key research(TenantId tenant, LeadId lead) {
    return new Key(leadPk(tenant, lead), "RESEARCH");
  }

  static Key draft(TenantId tenant, LeadId lead, DraftId draft) {
    return new Key(leadPk(tenant, lead), "DRAFT#" + draft.value());
  }

  static Key approvalOfLead(TenantId tenant, LeadId lead, ApprovalId approval) {
    return new Key(leadPk(tenant, lead), "APPROVAL#" + approval.value());
  }

  static Key approvalLink(TenantId tenant, ApprovalId approval) {
    return new Key(tenant(tenant) + "#APPROVAL#" + approval.value(), "LINK");
  }

  static Key touch(TenantId tenant, LeadId lead, TouchId touch) {
    return new Key(leadPk(tenant, lead), "TOUCH#" + touch.value());
  }

  static Key contacted(TenantId tenant, String addressHash, TouchId touch) {
    return new Key(contactedBy(tenant, addressHash), touch.value());
  }

  static String contactedBy(TenantId tenant, String addressHash) {
    return tenant(tenant) + "#CONTACTED#" + addressHash;
  }

  static Key sendingDomain(TenantId tenant, String domain) {
    return new Key(tenant(tenant) + "#DOMAIN#" + domain, "DOMAIN");
  }

  static Key reply(TenantId tenant, LeadId lead, ReplyId reply) {
    return new Key(leadPk(tenant, lead), "REPLY#" + reply.value());
  }

  static Key booking(TenantId tenant, LeadId lead, BookingId booking) {
    return new Key(leadPk(tenant, lead), "BOOKING#" + booking.value());
  }

  static Key meetingTime(TenantId tenant, Instant start) {
    return new Key(tenant(tenant) + "#MEETINGS", sortable(start));
  }

  static Key cost(TenantId tenant, LeadId lead, String cost) {
    return new Key(leadPk(tenant, lead), "COST#" + cost);
  }

  static Key fault(TenantId tenant, LeadId lead, String id) {
    return new Key(leadPk(tenant, lead), "FAULT#" + id);
  }

  static Key creditOfLead(TenantId tenant, LeadId lead) {
    return new Key(leadPk(tenant, lead), "CREDIT");
  }

  static String creditLedger(TenantId tenant, YearMonth month) {
    return tenant(tenant) + "#CREDITS#" + month;
  }

  static Key planCredits(TenantId tenant, YearMonth month) {
    return new Key(creditLedger(tenant, month), "PLAN");
  }

  static Key extraCredits(TenantId tenant) {
    return new Key(tenant(tenant) + "#CREDITS", "EXTRA");
  }

  static Key topUp(TenantId tenant, String id) {
    return new Key(tenant(tenant) + "#CREDITS", "TOPUP#" + id);
  }

  static Key creditEntry(TenantId tenant, YearMonth month, CreditEntry entry) {
    return new Key(creditLedger(tenant, month), placeInLedger(entry));
  }

  /** Sort key of an entry of a credit ledger. */
  static String placeInLedger(CreditEntry entry) {
    return CREDIT_ENTRIES + sortable(entry.at()) + "#" + entry.id();
  }

  static String usage(TenantId tenant, YearMonth month) {
    return tenant(tenant) + "#USAGE#" + month;
  }

  static Key usage(TenantId tenant, YearMonth month, int item) {
    return new Key(usage(tenant, month), "%02d".formatted(item));
  }

  static Key waiting(TenantId tenant, LeadId lead) {
    return new Key(leadPk(tenant, lead), "WAITING");
  }

  static Key suppression(TenantId tenant, String hash) {
    return new Key(tenant(tenant) + "#SUPPRESS#" + hash, "RULE");
  }

  /** Index {@code byStatus}: a tenant's own suppressions. */
  static Key listedSuppression(TenantId tenant, Instant at, String hash) {
    return new Key(suppressions(tenant), sortable(at) + "#" + hash);
  }

  static String suppressions(TenantId tenant) {
    return tenant(tenant) + "#SUPPRESSIONS";
  }

  static Key suppressionOfAll(String hash) {
    return new Key("SUPPRESS#" + hash, "RULE");
  }

  static Key limit(TenantId tenant, String resource, String window) {
    return new Key(tenant(tenant) + "#LIMIT#" + resource, window);
  }

  static Key turns(TenantId tenant, String resource) {
    return new Key(tenant(tenant) + "#LIMIT#" + resource, "TURNS");
  }

  static Key campaign(TenantId tenant, CampaignId campaign) {
    return new Key(tenant(tenant) + "#CAMPAIGN#" + campaign.value(), "CAMPAIGN");
  }

  /** Index {@code byStatus}: a tenant's campaigns. */
  static Key listedCampaign(TenantId tenant, Campaign campaign) {
    return new Key(campaigns(tenant), sortable(campaign.createdAt()) + "#" + campaign.id().value());
  }

  static Key campaignRoster(TenantId tenant) {
    return new Key(tenant(tenant), "CAMPAIGNS");
  }

  static String campaigns(TenantId tenant) {
    return tenant(tenant) + "#CAMPAIGNS";
  }

  static Key company(TenantId tenant, CompanyId company) {
    return new Key(tenant(tenant) + "#COMPANY#" + company.value(), "COMPANY");
  }

  static Key leadOfCompany(TenantId tenant, CompanyId company, LeadId lead) {
    return new Key(company(tenant, company).pk(), LEADS + lead.value());
  }

  static Key contact(TenantId tenant, ContactId contact) {
    return new Key(tenant(tenant) + "#CONTACT#" + contact.value(), "CONTACT");
  }

  /** Index {@code byStatus}: a tenant's companies. */
  static Key listedCompany(TenantId tenant, CompanyProfile company) {
    return new Key(companies(tenant), sortable(company.createdAt()) + "#" + company.id().value());
  }

  static String companies(TenantId tenant) {
    return tenant(tenant) + "#COMPANIES";
  }

  /** Index {@code byStatus}: a tenant's contacts. */
  static Key listedContact(TenantId tenant, ContactProfile contact) {
    return new Key(contacts(tenant), sortable(contact.createdAt()) + "#" + contact.id().value());
  }

  static String contacts(TenantId tenant) {
    return tenant(tenant) + "#CONTACTS";
  }

  static String importRows(TenantId tenant, String job) {
    return tenant(tenant) + "#IMPORT#" + job;
  }

  static Key importJob(TenantId tenant, String job) {
    return new Key(importRows(tenant, job), "JOB");
  }

  static Key importPart(TenantId tenant, String job, int part) {
    return new Key(importRows(tenant, job), "PART#" + "%05d".formatted(part));
  }

  static Key importDone(TenantId tenant, String job, int part) {
    return new Key(importRows(tenant, job), "DONE#" + "%05d".formatted(part));
  }

  static Key importFates(TenantId tenant, String job, int part) {
    return new Key(importRows(tenant, job), "FATES#" + "%05d".formatted(part));
  }

  static Key request(TenantId tenant, String keyHash) {
    return new Key(tenant(tenant) + "#REQUEST#" + keyHash, "REQUEST");
  }

  static Key webhookEndpoint(TenantId tenant, EndpointId endpoint) {
    return new Key(tenant(tenant), webhookEndpoints() + endpoint.value());
  }

  static String webhookEndpoints() {
    return "HOOK#";
  }

  /** When an endpoint last took a delivery. */
  static Key webhookSuccess(TenantId tenant, EndpointId endpoint) {
    return new Key(webhookDeliveries(tenant, endpoint), "SUCCESS");
  }

  static Key webhookDelivery(TenantId tenant, DeliveryId delivery) {
    return new Key(tenant(tenant) + "#DELIVERY#" + delivery.value(), "DELIVERY");
  }

  /** Index {@code byStatus}: deliveries to an endpoint. */
  static Key listedDelivery(TenantId tenant, WebhookDelivery delivery) {
    return new Key(webhookDeliveries(tenant, delivery.endpoint()), placeOf(delivery));
  }

  static String webhookDeliveries(TenantId tenant, EndpointId endpoint) {
    return tenant(tenant) + "#HOOK#" + endpoint.value();
  }

  static String placeOf(WebhookDelivery delivery) {
    return sortable(delivery.createdAt()) + "#" + delivery.id().value();
  }

  static Key link(String kind, String id) {
    return new Key("LINK#" + kind + "#" + id, "LINK");
  }

  static Key inbox(String provider, String event) {
    return new Key("INBOX#" + provider + "#" + event, "EVENT");
  }

  static Key inboxDone(String provider, String event) {
    return new Key("INBOX#" + provider + "#" + event, "DONE");
  }

  static Key cache(TenantId tenant, String kind, String id) {
    return new Key(tenant(tenant) + "#CACHE#" + kind + "#" + id, "VALUE");
  }

  static Key permitRow(TenantId tenant, String permitKey, String contentHash) {
    return new Key(tenant(tenant) + "#PERMIT#" + permitKey, "ROW#" + contentHash);
  }

  static Key source(TenantId tenant, String source) {
    return new Key(tenant(tenant), sources() + source);
  }

  static String sources() {
    return "SOURCE#";
  }

  static String runPk(TenantId tenant, String run) {
    return tenant(tenant) + "#RUN#" + run;
  }

  static Key run(TenantId tenant, String run) {
    return new Key(runPk(tenant, run), "RUN");
  }

  static Key runPage(TenantId tenant, String run, long rowsBefore) {
    return new Key(runPk(tenant, run), "PAGE#" + "%012d".formatted(rowsBefore));
  }

  /** Index {@code byStatus}: a tenant's runs. */
  static Key listedRun(TenantId tenant, Instant startedAt, String run) {
    return new Key(runs(tenant), sortable(startedAt) + "#" + run);
  }

  static String runs(TenantId tenant) {
    return tenant(tenant) + "#RUNS";
  }

  static Key cursor(TenantId tenant, String source) {
    return new Key(tenant(tenant) + "#SOURCE#" + source, "CURSOR");
  }

  /** An entry of the audit: a partition of its own, so that none is written to by all. */
  static Key audit(TenantId tenant, AuditPlace place) {
    return new Key(tenant(tenant) + "#AUDIT#" + place.id(), place.at());
  }

  /** Index {@code byStatus}: a tenant's audit. */
  static Key listedAudit(TenantId tenant, AuditPlace place) {
    return new Key(audit(tenant), place.text());
  }

  static String audit(TenantId tenant) {
    return tenant(tenant) + "#AUDIT";
  }

  static Key seal(TenantId tenant, long number) {
    return new Key(seals(tenant), "%012d".formatted(number));
  }

  static String seals(TenantId tenant) {
    return tenant(tenant) + "#SEALS";
  }

  /** A part of a tenant's key, or its id, as that of another; others stay. */
  static String renamed(String text, TenantId from, TenantId to) {
    if (text.equals(from.value())) {
      return to.value();
    }
    return text.equals(tenant(from)) || text.startsWith(tenant(from) + "#")
        ? tenant(to) + text.substring(tenant(from).length())
        : text;
  }

  /** Index {@code byStatus}: one of the partitions over which a list is spread. */
  static String shard(String statusPk, int shard) {
    return shard == 0 ? statusPk : statusPk + "#" + shard;
  }

  /** Index {@code byStatus}: leads of a stage. */
  static Key byStage(Lead lead) {
    var pk = lead.isDeleted() ? deletedLeads(lead.tenant()) : stage(lead.tenant(), lead.stage());
    return new Key(pk, sortable(lead.updatedAt()) + "#" + lead.id().value());
  }

  /** Index {@code byStatus}: leads that were put away, whatever their stage. */
  static String deletedLeads(TenantId tenant) {
    return tenant(tenant) + "#STAGE#deleted";
  }

  static String stage(TenantId tenant, Stage stage) {
    return tenant(tenant) + "#STAGE#" + stage.name().toLowerCase(Locale.ROOT);
  }

  /** Index {@code byStatus}: approvals to decide on, or to tell the execution about. */
  static Key openApproval(TenantId tenant, Instant requestedAt, ApprovalId approval) {
    return new Key(openApprovals(tenant), sortable(requestedAt) + "#" + approval.value());
  }

  static String openApprovals(TenantId tenant) {
    return tenant(tenant) + "#APPROVALS";
  }

  /** Index {@code byStatus}: replies that nobody has taken up. */
  static Key openReply(TenantId tenant, Instant receivedAt, ReplyId reply) {
    return new Key(openReplies(tenant), sortable(receivedAt) + "#" + reply.value());
  }

  static String openReplies(TenantId tenant) {
    return tenant(tenant) + "#REPLIES";
  }

  /** Instants as text of fixed length, so that text order is time order. */
  static String sortable(Instant at) {
    var text = at.truncatedTo(ChronoUnit.MICROS).toString();
    // Instant.toString drops a zero fraction, which would break the order.
    var dot = text.indexOf('.');
    var fraction = dot < 0 ? "" : text.substring(dot + 1, text.length() - 1);
    var whole = dot < 0 ? text.substring(0, text.length() - 1) : text.substring(0, dot);
    return whole + "." + (fraction + "000000").substring(0, 6) + "Z";
  }
}
