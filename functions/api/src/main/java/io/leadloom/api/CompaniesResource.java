package io.leadloom.api;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.CompanyId;
import io.leadloom.model.CompanyProfile;
import io.leadloom.model.Permission;
import io.leadloom.platform.Companies;
import io.leadloom.rest.About;
import io.leadloom.rest.Answer;
import io.leadloom.rest.Call;
import io.leadloom.rest.Cursor;
import io.leadloom.rest.None;
import io.leadloom.rest.Operation;
import io.leadloom.rest.Resource;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The companies that leads are for. They come and go with the leads. */
@Singleton
final class CompaniesResource implements Resource {

  private final Companies companies;
  private final Clock clock;

  CompaniesResource(Companies companies, Clock clock) {
    this.companies = companies;
    this.clock = clock;
  }

  @Override
  public List<Operation<?, ?, ?>> operations() {
    return List.of(
        Operation.get("/companies", "listCompanies")
            .does("Lists the companies that leads are for, latest first", Permission.READ_LEADS)
            .query(CompanyQuery.class)
            .answers(CompanyPage.class, 200)
            .by(this::list),
        Operation.get("/companies/{companyId}", "getCompany")
            .does("Shows a company with its leads and contacts", Permission.READ_LEADS)
            .answers(CompanyDetail.class, 200)
            .by(this::get),
        Operation.patch("/companies/{companyId}", "correctCompany")
            .does(
                "Corrects a company, whatever is found later; the leads for it that are under way"
                    + " follow",
                Permission.WRITE_LEADS)
            .body(CompanyChange.class)
            .answers(CompanyDetail.class, 200)
            .by(this::correct));
  }

  private Answer<CompanyPage> list(Call<CompanyQuery, None> call) {
    var query = call.query();
    var page =
        Filtered.of(
            (after, limit) -> companies.list(call.tenant(), after, limit),
            company -> Companies.place(call.tenant(), company),
            query::matches,
            Cursor.position(query.name(), query.cursor()),
            query.most());
    return Answer.ok(
        new CompanyPage(
            page.found().stream().map(CompanyDetail::of).toList(),
            Cursor.of(query.name(), page.next())));
  }

  private Answer<CompanyDetail> get(Call<None, None> call) {
    return answer(call, companies.get(call.tenant(), CompanyId.of(call.id("companyId"))));
  }

  private Answer<CompanyDetail> correct(Call<None, CompanyChange> call) {
    var company = companies.get(call.tenant(), CompanyId.of(call.id("companyId")));
    call.seen().require(company.rev());
    var now = clock.instant();
    var correction = call.body().on(company.corrections(), call.sent());
    if (correction.equals(company.corrections())) {
      return answer(call, company);
    }
    return answer(
        call,
        companies.correct(
            call.tenant(),
            company.corrected(correction, now),
            new AuditEntry(
                now,
                call.caller().actor(),
                "company.corrected",
                company.id().value(),
                call.sentMembers())));
  }

  private Answer<CompanyDetail> answer(Call<?, ?> call, CompanyProfile company) {
    var leads = companies.leads(call.tenant(), company.id());
    return Answer.ok(
        CompanyDetail.of(company, leads, companies.contacts(call.tenant(), leads)), company.rev());
  }

  /** Companies of a list. */
  record CompanyPage(
      @About("May be fewer than asked for, even none, where a filter leaves many out; 'next' tells")
          List<CompanyDetail> companies,
      @About("Cursor of what follows; absent at the end") @Nullable String next) {}
}
