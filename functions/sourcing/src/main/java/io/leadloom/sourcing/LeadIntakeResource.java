package io.leadloom.sourcing;

import io.leadloom.model.Campaign;
import io.leadloom.model.CampaignId;
import io.leadloom.model.Permission;
import io.leadloom.model.PermitRow.Fate;
import io.leadloom.packs.Packs;
import io.leadloom.packs.PermitField;
import io.leadloom.platform.Tenants;
import io.leadloom.rest.Answer;
import io.leadloom.rest.Call;
import io.leadloom.rest.None;
import io.leadloom.rest.Operation;
import io.leadloom.rest.Resource;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** New leads, one record at a time. */
@Singleton
final class LeadIntakeResource implements Resource {

  private final ImportRows importRows;
  private final Tenants tenants;
  private final Packs packs = new Packs();

  LeadIntakeResource(ImportRows importRows, Tenants tenants) {
    this.importRows = importRows;
    this.tenants = tenants;
  }

  @Override
  public List<Operation<?, ?, ?>> operations() {
    return List.of(
        Operation.post("/leads", "createLead")
            .does(
                "Takes a record in; where it shows a need, its company becomes a lead, whose life"
                    + " starts",
                Permission.WRITE_LEADS)
            .body(NewLead.class)
            .answers(TakenIn.class, 200, 201)
            .by(this::create));
  }

  private Answer<TakenIn> create(Call<None, NewLead> call) {
    var record = call.body();
    var campaign =
        record.campaignId() == null ? Campaign.DEFAULT : CampaignId.of(record.campaignId());
    var headers = packs.load(tenants.get(call.tenant()).pack()).permits().headers();
    var row = new SourceRow(1, named(record.fields(), headers));
    var result =
        importRows
            .run(
                call.tenant(),
                campaign,
                record.source(),
                call.effectId(),
                Instant.MAX,
                List.of(row))
            .getFirst();
    if (result.fate() == Fate.SET_ASIDE) {
      return Answer.refused(
          422,
          "record.set-aside",
          "The record is kept, but raises no lead: %s%s"
              .formatted(result.reason(), result.detail() == null ? "" : ", " + result.detail()));
    }
    var lead = Objects.requireNonNull(result.leadId());
    var taken = new TakenIn(lead, result.fate(), result.reason());
    return result.fresh() && result.fate() == Fate.LEAD
        ? Answer.created("/v1/leads/" + lead, taken)
        : Answer.ok(taken);
  }

  /** The fields under names that the pack understands. */
  private static Map<String, String> named(
      Map<PermitField, String> fields, Map<PermitField, List<String>> headers) {
    var named = new LinkedHashMap<String, String>();
    fields.forEach((field, text) -> {
      var names = headers.getOrDefault(field, List.of());
      if (!names.isEmpty()) {
        named.put(names.getFirst(), text);
      }
    });
    return named;
  }
}
