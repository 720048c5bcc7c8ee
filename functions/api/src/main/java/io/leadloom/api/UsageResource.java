package io.leadloom.api;

import io.leadloom.model.Permission;
import io.leadloom.platform.Tenants;
import io.leadloom.platform.Usages;
import io.leadloom.rest.About;
import io.leadloom.rest.Answer;
import io.leadloom.rest.Call;
import io.leadloom.rest.Form;
import io.leadloom.rest.None;
import io.leadloom.rest.Operation;
import io.leadloom.rest.Resource;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was done for an organisation, what it is charged, and what that cost. */
@Singleton
final class UsageResource implements Resource {

  private final Tenants tenants;
  private final Usages usages;
  private final Clock clock;

  UsageResource(Tenants tenants, Usages usages, Clock clock) {
    this.tenants = tenants;
    this.usages = usages;
    this.clock = clock;
  }

  @Override
  public List<Operation<?, ?, ?>> operations() {
    return List.of(
        Operation.get("/usage", "getUsage")
            .does(
                "Tells what was done in a month, what is charged for it, and what third parties"
                    + " charged",
                Permission.READ_USAGE)
            .query(UsageQuery.class)
            .answers(UsageView.class, 200)
            .by(this::get));
  }

  private Answer<UsageView> get(Call<UsageQuery, None> call) {
    var month = Months.of(call.query().month(), clock);
    return Answer.ok(
        UsageView.of(
            usages.of(call.tenant(), month), tenants.term(tenants.get(call.tenant()), month)));
  }

  /** Which month. */
  record UsageQuery(
      @About("Such as 2026-03, in UTC; this month if absent") @Nullable @Form(pattern = Months.FORM)
          String month) {}
}
