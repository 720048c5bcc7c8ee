package io.leadloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.model.CampaignId;
import io.leadloom.model.Company;
import io.leadloom.model.CompanyId;
import io.leadloom.model.CompanyProfile;
import io.leadloom.model.ContactId;
import io.leadloom.model.ContactProfile;
import io.leadloom.model.Lead;
import io.leadloom.platform.Companies;
import io.leadloom.platform.Leads;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** That companies and contacts come and go with the leads for them. */
class CompaniesTest {

  private static final CompanyId COMPANY = CompanyProfile.idOf(Samples.company().key());
  private static final ContactId CONTACT = ContactProfile.idOf(COMPANY, Samples.contact().email());

  @RegisterExtension final Platform platform = new Platform();

  @Test
  void aCompanyIsThereOnceForAllItsLeads() {
    var first = raise("spring", Samples.company());
    var second = raise("autumn", Samples.company());

    assertThat(companies().list(Samples.TENANT, null, 10)).hasSize(1);
    assertThat(companies().leads(Samples.TENANT, COMPANY))
        .extracting(Lead::id)
        .containsExactlyInAnyOrder(first.id(), second.id());
    assertThat(companies().list(Samples.OTHER_TENANT, null, 10)).isEmpty();
    assertThat(companies().leads(Samples.OTHER_TENANT, COMPANY)).isEmpty();
  }

  @Test
  void enrichmentFilesWhatItFound() {
    var lead = enrich(raise("spring", Samples.company()));

    assertThat(lead.contactId()).isEqualTo(CONTACT);
    assertThat(companies().get(Samples.TENANT, COMPANY).found())
        .isEqualTo(Samples.enrichedCompany());
    var contact = companies().getContact(Samples.TENANT, CONTACT);
    assertThat(contact.found()).isEqualTo(Samples.contact());
    assertThat(contact.company()).isEqualTo(COMPANY);
    assertThat(companies().listContacts(Samples.TENANT, null, 10)).containsExactly(contact);
    assertThat(companies().findContact(Samples.OTHER_TENANT, CONTACT)).isEmpty();
  }

  @Test
  void aLeadThatIsRaisedLeavesTheCompanyAsItIsKnown() {
    enrich(raise("spring", Samples.company()));
    raise("autumn", Samples.company());
    assertThat(companies().get(Samples.TENANT, COMPANY).found())
        .isEqualTo(Samples.enrichedCompany());
  }

  @Test
  void aLeadFromBeforeThereWereCompaniesIsFiledWithItsNextChange() {
    var lead = enrich(raise("spring", Samples.company()));
    forget("T#acme#LEAD#" + lead.id(), "LEAD", "REMOVE companyId, contactId");
    remove("T#acme#COMPANY#" + COMPANY, "COMPANY");
    remove("T#acme#COMPANY#" + COMPANY, "LEAD#" + lead.id());
    remove("T#acme#CONTACT#" + CONTACT, "CONTACT");
    assertThat(leads().get(Samples.TENANT, lead.id()).filed()).isFalse();

    var changed =
        leads()
            .change(
                Samples.TENANT,
                lead.id(),
                seen -> seen.ownedBy("robin", platform.clock().instant()));

    assertThat(changed.filed()).isTrue();
    assertThat(leads().get(Samples.TENANT, lead.id()).contactId()).isEqualTo(CONTACT);
    assertThat(companies().get(Samples.TENANT, COMPANY).found())
        .isEqualTo(Samples.enrichedCompany());
    assertThat(companies().leads(Samples.TENANT, COMPANY)).hasSize(1);
    assertThat(companies().getContact(Samples.TENANT, CONTACT).found())
        .isEqualTo(Samples.contact());
  }

  @Test
  void aContactGoesWithTheLastLeadThatNamesItAndACompanyWithItsLastLead() {
    var first = enrich(raise("spring", Samples.company()));
    var second = enrich(raise("autumn", Samples.company()));
    var third = raise("winter", Samples.company());

    purge(first);
    assertThat(companies().findContact(Samples.TENANT, CONTACT)).isPresent();
    purge(second);
    assertThat(companies().findContact(Samples.TENANT, CONTACT)).isEmpty();
    assertThat(companies().leads(Samples.TENANT, COMPANY))
        .extracting(Lead::id)
        .containsExactly(third.id());
    purge(third);
    assertThat(LocalDynamo.items(platform.table()).toString())
        .doesNotContain(COMPANY.value(), "morgan", "Ellery");
  }

  @Test
  void aContactThatIsFoundWhileAnotherLeadOfItGoesStays() throws Exception {
    for (var round = 0; round < 10; round++) {
      var named =
          Company.named("Company " + round, "company " + round, null, "Austin", "TX", "78701");
      var going = enrich(raise("spring", named));
      var coming = raise("autumn", named);
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var gone = threads.submit(() -> purge(going));
        var found = threads.submit(() -> enrich(coming));
        gone.get();
        found.get();
      }
      var lead = leads().get(Samples.TENANT, coming.id());
      assertThat(companies().contacts(Samples.TENANT, List.of(lead))).hasSize(1);
    }
  }

  @Test
  void aCrashAnywhereChangesNothing() {
    var lead = Samples.lead();
    Crashes.on(platform)
        .everywhere(
            () -> {},
            () -> {
              platform.raise(lead);
              enrich(lead);
              return "enriched";
            });
    Crashes.on(platform)
        .everywhere(
            () -> {
              platform.raise(lead);
              enrich(lead);
            },
            () -> {
              leads().find(Samples.TENANT, lead.id()).ifPresent(this::purge);
              return "removed";
            });
  }

  private Lead raise(String campaign, Company company) {
    var lead =
        Lead.raised(
            Samples.TENANT,
            CampaignId.of(campaign),
            "fire-safety",
            company,
            "America/Chicago",
            platform.clock().instant());
    platform.raise(lead);
    return lead;
  }

  private Lead enrich(Lead lead) {
    var now = platform.clock().instant();
    return leads()
        .change(
            lead.tenant(),
            lead.id(),
            seen ->
                seen.enriched(
                    enriched(seen.company().key()), Samples.contact(), "America/Chicago", now));
  }

  /** What is found of the sample company, as that of another key. */
  private static Company enriched(String key) {
    var like = Samples.enrichedCompany();
    return new Company(
        like.name(),
        key,
        like.domain(),
        like.industry(),
        like.employees(),
        like.address(),
        like.city(),
        like.state(),
        like.zip(),
        like.country(),
        like.phone(),
        like.hiring(),
        like.fundedOn());
  }

  private Lead purge(Lead lead) {
    leads().purge(lead, Samples.auditEntry());
    return lead;
  }

  private void forget(String pk, String sk, String update) {
    platform
        .bean(DynamoDbClient.class)
        .updateItem(b -> b.tableName(platform.table()).key(key(pk, sk)).updateExpression(update));
  }

  private void remove(String pk, String sk) {
    platform
        .bean(DynamoDbClient.class)
        .deleteItem(b -> b.tableName(platform.table()).key(key(pk, sk)));
  }

  private static Map<String, AttributeValue> key(String pk, String sk) {
    return Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk));
  }

  private Companies companies() {
    return platform.bean(Companies.class);
  }

  private Leads leads() {
    return platform.bean(Leads.class);
  }
}
