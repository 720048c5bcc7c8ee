package io.leadloom.api;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.Permission;
import io.leadloom.model.Tenant;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.packs.Pack;
import io.leadloom.packs.Packs;
import io.leadloom.platform.Audit;
import io.leadloom.platform.Tenants;
import io.leadloom.rest.About;
import io.leadloom.rest.Answer;
import io.leadloom.rest.Call;
import io.leadloom.rest.Clearable;
import io.leadloom.rest.Form;
import io.leadloom.rest.Length;
import io.leadloom.rest.None;
import io.leadloom.rest.Operation;
import io.leadloom.rest.Range;
import io.leadloom.rest.Resource;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an organisation decided about itself, and the trades it can choose from. */
@Singleton
final class SettingsResource implements Resource {

  private final Tenants tenants;
  private final Audit audit;
  private final Clock clock;
  private final Packs packs = new Packs();

  SettingsResource(Tenants tenants, Audit audit, Clock clock) {
    this.tenants = tenants;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public List<Operation<?, ?, ?>> operations() {
    return List.of(
        Operation.get("/settings", "getSettings")
            .does("Shows the organisation's settings", Permission.READ_SETTINGS)
            .answers(SettingsView.class, 200)
            .by(call -> answer(tenants.get(call.tenant()))),
        Operation.patch("/settings", "changeSettings")
            .does(
                "Changes settings; what is absent stays, and null returns to what the pack has",
                Permission.WRITE_SETTINGS)
            .body(SettingsChange.class)
            .answers(SettingsView.class, 200)
            .refuses(422)
            .by(this::change),
        Operation.get("/packs", "listPacks")
            .does("Lists the trades", Permission.READ_SETTINGS)
            .answers(PackList.class, 200)
            .by(call ->
                Answer.ok(
                    new PackList(
                        packs.ids().stream().map(packs::load).map(PackView::of).toList()))));
  }

  private Answer<SettingsView> change(Call<None, SettingsChange> call) {
    var tenant = tenants.get(call.tenant());
    call.seen().require(tenant.rev());
    var change = call.body();
    var problem = NewIcp.problem(change.icp());
    if (problem.isPresent()) {
      return Answer.refused(422, NewIcp.CODE, problem.get());
    }
    requireAddresses(change.approvers() == null ? List.of() : change.approvers());
    tenants.change(
        tenant.deciding(
            change.name() == null ? tenant.name() : change.name(),
            change.mode() == null ? tenant.mode() : change.mode(),
            call.sent().contains("autoApproveAt") ? change.autoApproveAt() : tenant.autoApproveAt(),
            change.approvers() == null ? tenant.approvers() : change.approvers(),
            call.sent().contains("dailyLimit") ? change.dailyLimit() : tenant.dailyLimit(),
            call.sent().contains("icp") ? NewIcp.of(change.icp()) : tenant.icp()));
    audit.record(
        call.tenant(),
        new AuditEntry(
            clock.instant(),
            call.caller().actor(),
            "settings.changed",
            call.tenant().value(),
            call.sentMembers()));
    return answer(tenants.get(call.tenant()));
  }

  private static void requireAddresses(List<String> approvers) {
    if (!approvers.stream()
        .allMatch(address -> address.length() <= 254 && address.matches(Form.EMAIL))) {
      throw new InvalidInputException(
          "settings.approver", "Each of 'approvers' must be an e-mail address");
    }
  }

  private static Answer<SettingsView> answer(Tenant tenant) {
    return Answer.ok(SettingsView.of(tenant), tenant.rev());
  }

  /** The settings. */
  record SettingsView(
      String name,
      String pack,
      @About("Who decides on drafts") Tenant.Mode mode,
      @About("Score from which co-pilot mode approves by itself") @Nullable Integer autoApproveAt,
      @About("Addresses that are told about drafts to decide on") List<String> approvers,
      @About("Messages a day from the sending domain; absent: the pack's")
          @Nullable Integer dailyLimit,
      @About("Absent: all customers that the trade sells to") @Nullable IcpView icp,
      SenderView sender) {

    static SettingsView of(Tenant tenant) {
      return new SettingsView(
          tenant.name(),
          tenant.pack(),
          tenant.mode(),
          tenant.autoApproveAt(),
          tenant.approvers(),
          tenant.dailyLimit(),
          IcpView.of(tenant.icp()),
          new SenderView(
              tenant.sender().name(),
              tenant.sender().company(),
              tenant.sender().email(),
              tenant.sender().postalAddress()));
    }
  }

  /** Who messages come from. */
  record SenderView(String name, String company, String email, String postalAddress) {}

  /** What to change. */
  record SettingsChange(
      @Nullable @Length(max = 200) String name,
      Tenant.@Nullable Mode mode,
      @Clearable @Nullable @Range(max = 100) Integer autoApproveAt,
      @Nullable @Length(min = 0, max = 20) List<String> approvers,
      @Clearable @Nullable @Range(min = 1, max = 10_000) Integer dailyLimit,
      @Clearable @Nullable NewIcp icp) {}

  /** A trade. */
  record PackView(String id, String name) {

    static PackView of(Pack pack) {
      return new PackView(pack.id(), pack.name());
    }
  }

  /** The trades. */
  record PackList(List<PackView> packs) {}
}
