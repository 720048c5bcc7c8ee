package io.leadloom.sourcing;

import io.leadloom.model.Campaign;
import io.leadloom.model.CampaignId;
import io.leadloom.model.Ids;
import io.leadloom.model.Lead;
import io.leadloom.model.LeadId;
import io.leadloom.model.PermitRow;
import io.leadloom.model.PermitRow.Fate;
import io.leadloom.model.Signal;
import io.leadloom.model.SignalId;
import io.leadloom.model.Stage;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.packs.Pack;
import io.leadloom.packs.Packs;
import io.leadloom.packs.PermitField;
import io.leadloom.platform.Campaigns;
import io.leadloom.platform.Executions;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Permits;
import io.leadloom.platform.Settings;
import io.leadloom.platform.Tenants;
import io.leadloom.platform.Turns;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Takes rows of a source in. Each row is kept once, by its permit (source, number, type) and its
 * content, with what became of it: it raised a lead, joined one, or was set aside with a reason.
 *
 * <p>An import is a run of calls in the order of the lines, under one name. Repeating a call, or
 * the whole run, whether it ended or was cut short, gives the same answers and changes nothing: a
 * row's last run and line tell a repetition from the same row further down, which is a duplicate.
 * Only two runs over one source at the same time may count a duplicate twice; they raise no lead
 * twice.
 */
@Singleton
final class ImportRows {

  private static final String DUPLICATE = "row.duplicate";

  private final Tenants tenants;
  private final Campaigns campaigns;
  private final Permits permits;
  private final Leads leads;
  private final Turns turns;
  private final Executions executions;
  private final Settings settings;
  private final Clock clock;
  private final Packs packs = new Packs();

  ImportRows(
      Tenants tenants,
      Campaigns campaigns,
      Permits permits,
      Leads leads,
      Turns turns,
      Executions executions,
      Settings settings,
      Clock clock) {
    this.tenants = tenants;
    this.campaigns = campaigns;
    this.permits = permits;
    this.leads = leads;
    this.turns = turns;
    this.executions = executions;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Takes rows in and starts the lives of the leads they raise, each for the campaign that the
   * allocations give it.
   *
   * @param run names the import these rows belong to
   * @return what became of each row, in their order
   * @throws InvalidInputException where no row has a column for a permit number
   */
  List<RowResult> run(TenantId tenant, String source, String run, List<SourceRow> rows) {
    return run(tenant, Campaign.DEFAULT, source, run, Instant.MAX, rows);
  }

  /**
   * Takes rows in as {@link #run(TenantId, String, String, List)} does, for a campaign. A record
   * raises one lead: brought again for another campaign, it stays with the first one.
   *
   * @param campaign the default one leaves to the allocations which one it is
   * @param begun what the run kept since then counts as fresh, so that a call which is repeated
   *     after a fault tells what it did; {@link Instant#MAX} where only this call counts
   * @throws InvalidInputException where the campaign takes no leads
   */
  List<RowResult> run(
      TenantId tenant,
      CampaignId campaign,
      String source,
      String run,
      Instant begun,
      List<SourceRow> rows) {
    var choose = new ChooseCampaign(tenant, campaign, campaigns, leads);
    Ids.check("The source", source);
    var pack = packs.load(tenants.get(tenant).pack());
    var mapper = new RowMapper(source, pack.permits());
    requireNumbers(rows, mapper, pack);
    var mapped = rows.stream().map(mapper::map).toList();
    var batch = new Batch(tenant, choose, pack, run, begun, mapped);
    batch.sort();
    batch.write();
    batch.startLives();
    return batch.results();
  }

  private static void requireNumbers(List<SourceRow> rows, RowMapper mapper, Pack pack) {
    if (rows.isEmpty() || rows.stream().anyMatch(mapper::hasNumber)) {
      return;
    }
    var found = new LinkedHashSet<String>();
    rows.forEach(row -> found.addAll(row.fields().keySet()));
    throw new InvalidInputException(
        "import.no-number-column",
        "No column holds a permit number. Columns found: "
            + String.join(", ", found)
            + ". Understood as permit number: "
            + String.join(
                ", ", pack.permits().headers().getOrDefault(PermitField.NUMBER, List.of())));
  }

  /** The rows of one call on their way in. */
  private final class Batch {

    private final TenantId tenant;
    private final ChooseCampaign campaign;
    private final Pack pack;
    private final String run;
    private final Instant begun;
    private final List<MappedRow> rows;
    private final @Nullable RowResult[] results;
    private final JudgeRow judge;
    private final LocalDate today;

    /** What is written first: of the rows of a lead, the first in the file raises it. */
    private final List<Callable<RowSlot>> first = new ArrayList<>();

    /** What is written then. */
    private final List<Callable<RowSlot>> second = new ArrayList<>();

    private final Set<LeadId> raised = new HashSet<>();

    Batch(
        TenantId tenant,
        ChooseCampaign campaign,
        Pack pack,
        String run,
        Instant begun,
        List<MappedRow> rows) {
      this.tenant = tenant;
      this.campaign = campaign;
      this.pack = pack;
      this.run = run;
      this.begun = begun;
      this.rows = rows;
      this.results = new RowResult[rows.size()];
      this.judge = new JudgeRow(pack);
      this.today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /** Decides for each row what is to be written. */
    void sort() {
      var known =
          new HashMap<>(permits.find(tenant, rows.stream().map(MappedRow::version).toList()));
      for (var i = 0; i < rows.size(); i++) {
        var row = rows.get(i);
        var kept = known.get(row.version());
        if (kept == null) {
          known.put(row.version(), judged(i, row));
        } else if (kept.run().equals(run) && kept.line() < row.line()) {
          results[i] = new RowResult(row.line(), Fate.SET_ASIDE, DUPLICATE, null, null, false);
        } else {
          known.put(row.version(), repeated(i, row, kept));
        }
      }
    }

    private PermitRow repeated(int index, MappedRow row, PermitRow kept) {
      var broughtAlready = kept.run().equals(run) && kept.line() == row.line();
      var fresh = broughtAlready && !kept.at().isBefore(begun);
      var result = result(kept.broughtBy(run, row.line()), detail(row, kept), fresh);
      results[index] = result;
      if (broughtAlready) {
        return kept;
      }
      var again = kept.broughtBy(run, row.line());
      first.add(() -> {
        permits.seen(tenant, again);
        return new RowSlot(index, result);
      });
      return again;
    }

    private @Nullable String detail(MappedRow row, PermitRow kept) {
      return kept.fate() == Fate.SET_ASIDE
              && judge.judge(row, today) instanceof Verdict.SetAside(var reason, var detail)
              && reason.equals(kept.reason())
          ? detail
          : null;
    }

    private PermitRow judged(int index, MappedRow row) {
      return switch (judge.judge(row, today)) {
        case Verdict.SetAside(var reason, var detail) -> {
          var record = record(row, Fate.SET_ASIDE, reason, null);
          first.add(() -> {
            permits.setAside(tenant, record);
            return new RowSlot(index, result(record, detail, true));
          });
          yield record;
        }
        case Verdict.Pursue pursue -> {
          var lead =
              Lead.raised(
                      tenant,
                      campaign.of(pursue.company()),
                      pack.id(),
                      pursue.company(),
                      pursue.zone(),
                      clock.instant())
                  .from(row.permit().source());
          var record = record(row, Fate.LEAD, pursue.reason(), lead.id());
          var signal = signal(row, pursue);
          if (raised.add(lead.id())) {
            first.add(() ->
                new RowSlot(
                    index, result(permits.raise(tenant, record, lead, signal), null, true)));
          } else {
            second.add(() ->
                new RowSlot(
                    index, result(permits.join(tenant, record, lead.id(), signal), null, true)));
          }
          yield record;
        }
      };
    }

    private PermitRow record(MappedRow row, Fate fate, String reason, @Nullable LeadId lead) {
      return new PermitRow(
          row.version().permitKey(),
          row.version().contentHash(),
          row.permit().source(),
          row.permit().number().isEmpty() ? null : row.permit().number(),
          fate,
          reason,
          lead,
          run,
          row.line(),
          clock.instant());
    }

    private Signal signal(MappedRow row, Verdict.Pursue pursue) {
      var version = row.version();
      return new Signal(
          SignalId.of(Ids.derive("signal", version.permitKey(), version.contentHash())),
          row.permit(),
          pursue.reason(),
          pursue.quality(),
          clock.instant());
    }

    void write() {
      for (var part : List.of(first, second)) {
        InParallel.all(part).forEach(slot -> results[slot.index()] = slot.result());
      }
    }

    /**
     * Starts what is not started yet, each life at its turn. A lead that is still new may have lost
     * its start to a crash; starting it twice starts it once.
     */
    void startLives() {
      var asked = new ArrayList<Callable<Optional<LeadId>>>();
      for (var result : results()) {
        if (result.fate() == Fate.LEAD) {
          asked.add(() -> unstarted(result));
        }
      }
      var waiting = InParallel.all(asked).stream().flatMap(Optional::stream).toList();
      var begins = turns.next(tenant, "lives", waiting.size(), settings.betweenLeads());
      var starts = new ArrayList<Callable<LeadId>>();
      for (var i = 0; i < waiting.size(); i++) {
        var lead = waiting.get(i);
        var turn = begins.get(i);
        starts.add(() -> start(lead, turn));
      }
      InParallel.all(starts);
    }

    private Optional<LeadId> unstarted(RowResult result) {
      var lead = LeadId.of(Objects.requireNonNull(result.leadId()));
      return leads.find(tenant, lead).filter(l -> l.stage() == Stage.NEW).map(Lead::id);
    }

    private LeadId start(LeadId lead, Instant turn) {
      executions.start(
          settings.lifecycleArn(),
          lead.value(),
          Map.of("tenantId", tenant.value(), "leadId", lead.value(), "beginAt", turn.toString()));
      return lead;
    }

    List<RowResult> results() {
      return Arrays.stream(results).map(Objects::requireNonNull).toList();
    }
  }

  private static RowResult result(PermitRow row, @Nullable String detail, boolean fresh) {
    var lead = row.lead();
    return new RowResult(
        row.line(), row.fate(), row.reason(), detail, lead == null ? null : lead.value(), fresh);
  }

  /** A row's result and its place among the rows. */
  private record RowSlot(int index, RowResult result) {}
}
