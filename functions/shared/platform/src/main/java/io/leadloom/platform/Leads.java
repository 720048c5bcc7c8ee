package io.leadloom.platform;

import io.leadloom.model.Approval;
import io.leadloom.model.AuditEntry;
import io.leadloom.model.Booking;
import io.leadloom.model.Cost;
import io.leadloom.model.Draft;
import io.leadloom.model.Ids;
import io.leadloom.model.Lead;
import io.leadloom.model.LeadFault;
import io.leadloom.model.LeadId;
import io.leadloom.model.Reply;
import io.leadloom.model.Research;
import io.leadloom.model.Score;
import io.leadloom.model.Signal;
import io.leadloom.model.Stage;
import io.leadloom.model.Story;
import io.leadloom.model.TenantId;
import io.leadloom.model.Touch;
import io.leadloom.model.fault.ConflictException;
import io.leadloom.model.fault.NotFoundException;
import io.leadloom.model.fault.TransientException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The leads, and all that happened to each. */
@Singleton
public final class Leads {

  private static final int ATTEMPTS = 5;

  private final Table table;
  private final Companies companies;

  Leads(Table table, Companies companies) {
    this.table = table;
    this.companies = companies;
  }

  /** The lead of that id. */
  public Optional<Lead> find(TenantId tenant, LeadId id) {
    return table.get(Keys.lead(tenant, id), Lead.class);
  }

  /** Those of the leads that are there, in no particular order. The ids must differ. */
  public List<Lead> findAll(TenantId tenant, List<LeadId> ids) {
    return table.getAll(ids.stream().map(id -> Keys.lead(tenant, id)).toList(), Lead.class);
  }

  /** The lead of that id; {@link NotFoundException} where the tenant has none. */
  public Lead get(TenantId tenant, LeadId id) {
    return find(tenant, id)
        .orElseThrow(
            () -> new NotFoundException("lead.not-found", "There is no lead '" + id + "'"));
  }

  /**
   * Changes a lead, reading it again where somebody else changed it meanwhile. {@code change} must
   * be pure. A change that changes nothing is not written. A lead whose company or contact is not
   * filed yet has them filed along with it.
   *
   * @return the lead as it is now
   */
  public Lead change(TenantId tenant, LeadId id, UnaryOperator<Lead> change) {
    for (var attempt = 1; ; attempt++) {
      var seen = get(tenant, id);
      var changed = change.apply(seen);
      if (changed.equals(seen)) {
        return seen;
      }
      try {
        return write(changed, seen.rev());
      } catch (ConflictException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** The lead's whole story, by one query. */
  public Story story(TenantId tenant, LeadId id) {
    var rows = table.rows(Keys.story(tenant, id), "");
    return new Story(
        of(rows, "lead", Lead.class, l -> 0).stream()
            .findFirst()
            .orElseThrow(
                () -> new NotFoundException("lead.not-found", "There is no lead '" + id + "'")),
        of(rows, "signal", Signal.class, Signal::at),
        of(rows, "score", Score.class, Score::at),
        of(rows, "research", Research.class, Research::at),
        of(rows, "draft", Draft.class, Draft::at),
        of(rows, "approval", Approval.class, Approval::requestedAt),
        of(rows, "touch", Touch.class, Touch::number),
        of(rows, "reply", Reply.class, Reply::receivedAt),
        of(rows, "booking", Booking.class, Booking::at),
        of(rows, "cost", Cost.class, Cost::at),
        of(rows, "fault", LeadFault.class, LeadFault::at));
  }

  /** Leads of a stage, latest change first. */
  public List<Lead> inStage(TenantId tenant, Stage stage, int limit) {
    return table.queryByStatus(Keys.stage(tenant, stage), true, limit, Lead.class);
  }

  /**
   * Leads of a stage that come after one of them in the order of the latest change.
   *
   * @param after place of the last one seen, as {@link #place} tells; null to start
   */
  public List<Lead> inStage(TenantId tenant, Stage stage, @Nullable String after, int limit) {
    return table.queryByStatus(Keys.stage(tenant, stage), true, after, limit, Lead.class);
  }

  /** Leads that were put away, as {@link #inStage(TenantId, Stage, String, int)}. */
  public List<Lead> deleted(TenantId tenant, @Nullable String after, int limit) {
    return table.queryByStatus(Keys.deletedLeads(tenant), true, after, limit, Lead.class);
  }

  /** Some of the leads that were put away before a moment and not touched since. */
  public List<Lead> deletedBefore(TenantId tenant, Instant moment, int limit) {
    return deleted(tenant, Keys.sortable(moment), limit);
  }

  /**
   * Removes a lead that was put away, with all that is kept of it but the audit and the records it
   * was raised from; its company and contact go where no other lead is for them. The lead goes
   * last, with the entry that tells of it, so that a repetition finds what a broken attempt left.
   */
  public void purge(Lead lead, AuditEntry entry) {
    var tenant = lead.tenant();
    var story = story(tenant, lead.id());
    story.approvals().forEach(a -> table.delete(Keys.approvalLink(tenant, a.id())));
    for (var touch : story.touches()) {
      table.delete(Touches.noted(tenant, touch).key());
      table.delete(Keys.link("reply-token", touch.replyToken()));
      table.delete(Keys.link("message-id", Ids.hash(touch.messageId())));
      if (touch.provider() != null && touch.providerId() != null) {
        table.delete(Keys.link("provider-message", touch.provider() + ":" + touch.providerId()));
      }
    }
    var key = Keys.lead(tenant, lead.id());
    table.rows(Keys.story(tenant, lead.id()), "").stream()
        .map(ItemCodec::key)
        .filter(row -> !row.equals(key))
        .forEach(table::delete);
    for (var attempt = 1; attempt <= ATTEMPTS; attempt++) {
      var writes = new ArrayList<>(companies.leaving(lead));
      writes.add(new Write.Delete(key));
      writes.add(new Write.First(Audit.item(tenant, entry)));
      if (table.together(writes.toArray(Write[]::new))) {
        return;
      }
    }
    throw new TransientException(
        "company.busy", "The company of '" + lead.id() + "' is changed by others all the time");
  }

  /** Where a lead stands in the lists. */
  public static String place(Lead lead) {
    return Keys.byStage(lead).sk();
  }

  /**
   * Replaces a lead at the revision that was read.
   *
   * @return the lead as it is now
   * @throws ConflictException where somebody else changed it since
   */
  public Lead replace(Lead changed) {
    write(changed, changed.rev());
    return get(changed.tenant(), changed.id());
  }

  private Lead write(Lead changed, long revSeen) {
    if (changed.filed()) {
      table.replace(item(changed), revSeen);
      return changed;
    }
    var filing = companies.file(changed);
    table.replace(item(filing.lead()), revSeen, filing.writes().toArray(Write[]::new));
    return filing.lead();
  }

  /** How many leads a stage has. */
  public int countInStage(TenantId tenant, Stage stage) {
    return table.countByStatus(Keys.stage(tenant, stage));
  }

  /** Keeps the score given at {@link Score#at}. */
  public void add(TenantId tenant, LeadId lead, Score score) {
    table.put(Item.of(Keys.score(tenant, lead, score.at()), "score", score));
  }

  /** Keeps what is known that bears on the lead, in place of what was known before. */
  public void put(TenantId tenant, LeadId lead, Research research) {
    table.put(Item.of(Keys.research(tenant, lead), "research", research));
  }

  /** What is known that bears on the lead. */
  public Optional<Research> research(TenantId tenant, LeadId lead) {
    return table.get(Keys.research(tenant, lead), Research.class);
  }

  /** The signals that raised the lead, or joined it. */
  public List<Signal> signals(TenantId tenant, LeadId lead) {
    return table.query(Keys.story(tenant, lead), "SIGNAL#", Signal.class).stream()
        .sorted(Comparator.comparing(Signal::at).thenComparing(s -> s.id().value()))
        .toList();
  }

  /** Charges a cost to the lead, once by its id. */
  public void add(TenantId tenant, LeadId lead, Cost cost) {
    table.together(once(tenant, lead, cost), Usages.spent(tenant, lead, cost));
  }

  /** Charges the cost of a message that left, or may have, once by its id. */
  public void addSent(TenantId tenant, LeadId lead, Cost cost) {
    table.together(once(tenant, lead, cost), Usages.sent(tenant, lead, cost));
  }

  private static Write once(TenantId tenant, LeadId lead, Cost cost) {
    return new Write.IfAbsent(Item.of(Keys.cost(tenant, lead, cost.id()), "cost", cost));
  }

  /** Keeps a fault that stopped an execution of the lead. */
  public void add(TenantId tenant, LeadId lead, LeadFault fault) {
    table.put(Item.of(Keys.fault(tenant, lead, Keys.sortable(fault.at())), "fault", fault));
  }

  static Item item(Lead lead) {
    return Item.of(Keys.lead(lead.tenant(), lead.id()), "lead", lead).indexed(Keys.byStage(lead));
  }

  static Item item(TenantId tenant, LeadId lead, Signal signal) {
    return Item.of(Keys.signal(tenant, lead, signal.id()), "signal", signal);
  }

  private static <T, K extends Comparable<? super K>> List<T> of(
      List<Map<String, AttributeValue>> rows, String entity, Class<T> type, Function<T, K> order) {
    var records = new ArrayList<T>();
    for (var row : rows) {
      if (entity.equals(Objects.requireNonNull(row.get("entity")).s())) {
        records.add(ItemCodec.record(row, type));
      }
    }
    records.sort(Comparator.comparing(order));
    return records;
  }
}
