package io.leadloom.audit;

import io.leadloom.model.Origin;
import io.leadloom.model.Permission;
import io.leadloom.model.Seal;
import io.leadloom.platform.Audit;
import io.leadloom.platform.Audit.Recorded;
import io.leadloom.rest.About;
import io.leadloom.rest.Answer;
import io.leadloom.rest.Call;
import io.leadloom.rest.Cursor;
import io.leadloom.rest.Length;
import io.leadloom.rest.None;
import io.leadloom.rest.Operation;
import io.leadloom.rest.Range;
import io.leadloom.rest.Resource;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit, with what is needed to check it elsewhere. */
@Singleton
final class AuditResource implements Resource {

  private static final String SEALS = "audit-seals";

  /** The most entries that one answer reads, whatever the filters leave of them. */
  private static final int MOST_READ = 1_000;

  private static final int USUAL = 50;
  private static final int USUAL_SEALS = 20;

  private final Audit audit;

  AuditResource(Audit audit) {
    this.audit = audit;
  }

  @Override
  public List<Operation<?, ?, ?>> operations() {
    return List.of(
        Operation.get("/audit", "listAudit")
            .does(
                "Lists who did what to what, when, from where and why, latest first",
                Permission.READ_AUDIT)
            .query(AuditQuery.class)
            .answers(AuditPage.class, 200)
            .by(this::list),
        Operation.get("/audit/seals", "listAuditSeals")
            .does("Lists the seals over the audit, in their order", Permission.READ_AUDIT)
            .query(SealQuery.class)
            .answers(SealPage.class, 200)
            .by(this::seals));
  }

  private Answer<AuditPage> list(Call<AuditQuery, None> call) {
    var query = call.query();
    var wanted = query.limit() == null ? USUAL : query.limit();
    var after = Cursor.position(query.name(), query.cursor());
    if (after == null && query.before() != null) {
      after = Audit.before(query.before());
    }
    var found = new ArrayList<Recorded>();
    var batch = audit.list(call.tenant(), after, MOST_READ);
    var next = batch.size() < MOST_READ ? null : batch.getLast().key();
    for (var entry : batch) {
      if (query.since() != null && entry.entry().at().isBefore(query.since())) {
        next = null;
        break;
      }
      if (found.size() == wanted) {
        next = found.getLast().key();
        break;
      }
      if (query.matches(entry)) {
        found.add(entry);
      }
    }
    return Answer.ok(
        new AuditPage(
            found.stream().map(AuditEntryView::of).toList(), Cursor.of(query.name(), next)));
  }

  private Answer<SealPage> seals(Call<SealQuery, None> call) {
    var most = call.query().limit() == null ? USUAL_SEALS : call.query().limit();
    var after = Cursor.position(SEALS, call.query().cursor());
    var seals = audit.seals(call.tenant(), after == null ? 0 : Long.parseLong(after), most);
    var next = seals.size() < most ? null : Long.toString(seals.getLast().number());
    return Answer.ok(
        new SealPage(seals.stream().map(SealView::of).toList(), Cursor.of(SEALS, next)));
  }

  /** Which entries to list; all of what is given must hold. */
  record AuditQuery(
      @About("Who did it, such as user:robin or step:score-lead") @Nullable @Length(max = 100)
          String actor,
      @About("What was done, such as settings.changed") @Nullable @Length(max = 100) String action,
      @About("Id of what it was done to") @Nullable @Length(max = 100) String subject,
      @About("Only what was done then or later") @Nullable Instant since,
      @About("Only what was done before") @Nullable Instant before,
      @About("The 'next' of the answer before") @Nullable @Length(max = 500) String cursor,
      @About("The most entries of an answer, 50 if absent") @Nullable @Range(min = 1, max = 500)
          Integer limit) {

    String name() {
      return "audit" + new AuditQuery(actor, action, subject, since, before, null, null);
    }

    boolean matches(Recorded recorded) {
      var entry = recorded.entry();
      return (actor == null || actor.equals(entry.actor()))
          && (action == null || action.equals(entry.action()))
          && (subject == null || subject.equals(entry.subject()));
    }
  }

  /** Where and how far to read. */
  record SealQuery(
      @About("The 'next' of the answer before") @Nullable @Length(max = 500) String cursor,
      @About("How many at most, 20 if absent") @Nullable @Range(min = 1, max = 50) Integer limit) {}

  /** An entry. */
  record AuditEntryView(
      @About("Its place in the audit") String key,
      Instant at,
      String actor,
      String action,
      @About("Id of what it was done to") String subject,
      @About("The reason of a machine's decision, or a person's note") String why,
      OriginView origin,
      @About("SHA-256 of what is stored of it; a seal covers this") String hash,
      @About("Number of its seal; absent for the moment until it is sealed") @Nullable Long seal) {

    static AuditEntryView of(Recorded recorded) {
      var entry = recorded.entry();
      return new AuditEntryView(
          recorded.key(),
          entry.at(),
          entry.actor(),
          entry.action(),
          entry.subject(),
          entry.why(),
          OriginView.of(entry.origin()),
          recorded.sealed().hash(),
          recorded.seal());
    }
  }

  /** From where something was done. */
  record OriginView(
      @About("The function, or cli") String via,
      @Nullable String request,
      @About("IP address") @Nullable String address,
      @About("User-Agent") @Nullable String agent) {

    static OriginView of(Origin origin) {
      return new OriginView(origin.via(), origin.request(), origin.address(), origin.agent());
    }
  }

  /** Entries of a list. */
  record AuditPage(
      List<AuditEntryView> entries,
      @About("Cursor of what follows; absent at the end") @Nullable String next) {}

  /** A seal. */
  record SealView(
      long number,
      @About("How many entries are sealed up to here") long total,
      @About("Hash of the seal before") String previous,
      Instant at,
      List<SealedView> entries,
      @About("SHA-256 of all this") String hash) {

    static SealView of(Seal seal) {
      return new SealView(
          seal.number(),
          seal.total(),
          seal.previous(),
          seal.at(),
          seal.entries().stream().map(e -> new SealedView(e.key(), e.hash())).toList(),
          seal.hash());
    }
  }

  /** An entry that a seal covers. */
  record SealedView(String key, String hash) {}

  /** Seals of a list. */
  record SealPage(
      List<SealView> seals,
      @About("Cursor of what follows; absent at the end") @Nullable String next) {}
}
