package io.leadloom.api;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.Permission;
import io.leadloom.model.Suppression;
import io.leadloom.platform.Audit;
import io.leadloom.platform.Suppressions;
import io.leadloom.rest.About;
import io.leadloom.rest.Answer;
import io.leadloom.rest.Call;
import io.leadloom.rest.Cursor;
import io.leadloom.rest.Form;
import io.leadloom.rest.Length;
import io.leadloom.rest.None;
import io.leadloom.rest.Operation;
import io.leadloom.rest.Resource;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules "do not contact". There is no way to lift one: most say what a person asked for. Only
 * hashes of addresses are kept, so a list shows no address.
 */
@Singleton
final class SuppressionsResource implements Resource {

  private static final String LIST = "suppressions";

  private final Suppressions suppressions;
  private final Audit audit;
  private final Clock clock;

  SuppressionsResource(Suppressions suppressions, Audit audit, Clock clock) {
    this.suppressions = suppressions;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public List<Operation<?, ?, ?>> operations() {
    return List.of(
        Operation.get("/suppressions", "listSuppressions")
            .does(
                "Lists the suppressions of the organisation, latest first",
                Permission.READ_SUPPRESSIONS)
            .query(PageQuery.class)
            .answers(SuppressionPage.class, 200)
            .by(this::list),
        Operation.post("/suppressions", "addSuppression")
            .does("Forbids to contact an address, for good", Permission.WRITE_SUPPRESSIONS)
            .body(NewSuppression.class)
            .answers(SuppressionView.class, 200, 201)
            .by(this::add),
        Operation.post("/suppressions/check", "checkSuppression")
            .does(
                "Tells whether an address may not be contacted, and why",
                Permission.READ_SUPPRESSIONS)
            .body(SuppressionCheck.class)
            .answers(SuppressionVerdict.class, 200)
            .by(call ->
                Answer.ok(
                    suppressions
                        .match(call.tenant(), call.body().address())
                        .map(rule -> new SuppressionVerdict(true, SuppressionView.of(rule)))
                        .orElseGet(() -> new SuppressionVerdict(false, null)))));
  }

  private Answer<SuppressionPage> list(Call<PageQuery, None> call) {
    var most = call.query().most();
    var rules =
        suppressions.list(call.tenant(), Cursor.position(LIST, call.query().cursor()), most);
    var next = rules.size() < most ? null : Suppressions.place(call.tenant(), rules.getLast());
    return Answer.ok(
        new SuppressionPage(
            rules.stream().map(SuppressionView::of).toList(), Cursor.of(LIST, next)));
  }

  private Answer<SuppressionView> add(Call<None, NewSuppression> call) {
    var address = call.body().address();
    var before = suppressions.match(call.tenant(), address);
    if (before.isPresent()) {
      return Answer.ok(SuppressionView.of(before.get()));
    }
    var rule =
        new Suppression(
            Suppression.hashOf(address), "listed", call.caller().actor(), clock.instant());
    suppressions.add(call.tenant(), rule);
    audit.record(
        call.tenant(),
        new AuditEntry(
            rule.at(),
            call.caller().actor(),
            "suppression.added",
            rule.hash(),
            call.body().note() == null ? "" : call.body().note()));
    return Answer.created(SuppressionView.of(rule));
  }

  /** An address never to contact. */
  record NewSuppression(
      @Length(max = 254) @Form(pattern = Form.EMAIL) String address,
      @About("Why, for the audit") @Nullable @Length(max = 500) String note) {}

  /** An address to look up. */
  record SuppressionCheck(@Length(max = 254) @Form(pattern = Form.EMAIL) String address) {}

  /** Whether an address may not be contacted. */
  record SuppressionVerdict(boolean suppressed, @Nullable SuppressionView rule) {}

  /** A rule, as the API shows it. */
  record SuppressionView(
      @About("Hash of the address") String id,
      @About("Code, such as opt-out.reply") String reason,
      String source,
      Instant at) {

    static SuppressionView of(Suppression rule) {
      return new SuppressionView(rule.hash(), rule.reason(), rule.source(), rule.at());
    }
  }

  /** Rules of a list. */
  record SuppressionPage(
      List<SuppressionView> suppressions,
      @About("Cursor of what follows; absent at the end") @Nullable String next) {}
}
