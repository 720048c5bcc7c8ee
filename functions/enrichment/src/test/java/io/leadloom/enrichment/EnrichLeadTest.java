package io.leadloom.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.clock.StackClock;
import io.leadloom.enrichment.EnrichLead.Outcome;
import io.leadloom.model.Company;
import io.leadloom.model.CompanyCorrection;
import io.leadloom.model.Contact;
import io.leadloom.model.Lead;
import io.leadloom.model.LeadId;
import io.leadloom.model.Milestone;
import io.leadloom.model.Stage;
import io.leadloom.model.Story;
import io.leadloom.model.Subscription;
import io.leadloom.model.Tenant;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.PermanentException;
import io.leadloom.model.fault.TransientException;
import io.leadloom.packs.Packs;
import io.leadloom.platform.Companies;
import io.leadloom.platform.Credits;
import io.leadloom.platform.Json;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Settings;
import io.leadloom.platform.Suppressions;
import io.leadloom.platform.Tenants;
import io.leadloom.platform.Usages;
import io.leadloom.simulators.SimulatedCredentials;
import io.leadloom.simulators.SimulatorOptions;
import io.leadloom.simulators.Simulators;
import io.leadloom.testkit.Crashes;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import io.leadloom.testkit.TestClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Leads find their people, at the simulated providers. */
class EnrichLeadTest {

  @RegisterExtension final Platform platform = new Platform();

  @TempDir Path data;
  private StackClock clock;
  private Simulators simulators;
  private TenantId tenant = Samples.TENANT;
  private int askedBefore;

  @BeforeEach
  void startSimulators() {
    clock = StackClock.startingAt(TestClock.START, StackClock.AS_FAST_AS_POSSIBLE);
    simulators =
        Simulators.start(new SimulatorOptions(data, 0, clock, 7, URI.create("http://127.0.0.1:9")));
    platform.providersAt(simulators.baseUrl());
    platform.credentials(Samples.TENANT, SimulatedCredentials.of("acme").toJson());
    platform.bean(Tenants.class).create(Samples.tenant());
  }

  @AfterEach
  void stopSimulators() {
    simulators.close();
    clock.close();
  }

  @Test
  void mostLeadsFindSomebodyAndTheOthersAReason() {
    var reasons = new TreeMap<String, Integer>();
    var sources = new TreeMap<String, Integer>();
    for (var name : names()) {
      var id = raise(name);
      switch (run(id)) {
        case Outcome.Enriched enriched -> {
          var lead = lead(id);
          var contact = contact(lead);
          sources.merge(contact.source(), 1, Integer::sum);
          assertThat(contact.confidence()).isBetween(0.70, 1.0);
          assertThat(contact.email()).endsWith("@" + lead.company().domain());
          assertThat(lead.stage()).isEqualTo(Stage.ENRICHED);
          assertThat(lead.reached()).containsKey(Milestone.ENRICHED);
          assertThat(lead.zone()).startsWith("America/");
          assertThat(story(id).costMicroUsd()).isPositive();
        }
        case Outcome.Unreachable(var reason) -> {
          reasons.merge(reason, 1, Integer::sum);
          assertThat(lead(id).stage()).isEqualTo(Stage.NEW);
        }
        case Outcome.OutOfCredit spent -> throw new AssertionError("there are credits enough");
      }
    }
    assertThat(sources.keySet()).containsExactly("apollo", "hunter");
    assertThat(sources.values().stream().mapToInt(Integer::intValue).sum()).isBetween(70, 97);
    assertThat(Set.of(EnrichLead.NO_COMPANY, EnrichLead.NO_PERSON, EnrichLead.LOW_CONFIDENCE))
        .containsAll(reasons.keySet());
  }

  @Test
  void anEnrichedLeadIsNotAskedForAgain() {
    var id = enriched();
    var before = story(id);
    var asked = journal().size();
    assertThat(run(id)).isInstanceOf(Outcome.Enriched.class);
    assertThat(journal()).hasSize(asked);
    assertThat(story(id)).isEqualTo(before);
  }

  @Test
  void aRepeatedStepDoesNotPayAgainForWhatItKnows() {
    useOnly("apollo");
    var id = leadWith(lead -> lead.contact() != null);
    var name = lead(id).company().name();
    asAnotherTenant("apollo");
    var again = raise(name);
    fault("apollo", "/api/v1/people/match", 500, "{}");
    assertThatThrownBy(() -> run(again)).isInstanceOf(TransientException.class);
    assertThat(run(again)).isInstanceOf(Outcome.Enriched.class);
    assertThat(asked("/api/v1/mixed_companies/search")).isEqualTo(1);
    assertThat(story(again).costs()).extracting(cost -> cost.what()).hasSize(2);
    assertThat(story(again).costMicroUsd())
        .isEqualTo(new Packs().costs().microUsd("apollo.credit", 2));
  }

  @Test
  void answersAreKeptForNinetyDays() {
    var id = leadWith(lead -> lead.contact() == null);
    var asked = asked("/api/v1/mixed_companies/search");
    platform.clock().advance(Duration.ofDays(89));
    run(id);
    assertThat(asked("/api/v1/mixed_companies/search")).isEqualTo(asked);
    platform.clock().advance(Duration.ofDays(2));
    run(id);
    assertThat(asked("/api/v1/mixed_companies/search")).isEqualTo(asked + 1);
  }

  @Test
  void whoHasNoCreditsLeftAsksNobodyAndGoesOnOnceThereAreSome() {
    spendAllCreditsBut(1);
    leadWith(lead -> lead.contact() != null);
    assertThat(credits().left()).isZero();
    var asked = journal().size();
    var id = raise("Alderway Homes");
    var until = platform.clock().instant().plus(Duration.ofDays(1));
    assertThat(run(id)).isEqualTo(new Outcome.OutOfCredit(EnrichLead.OUT_OF_CREDIT, until));
    assertThat(lead(id).stage()).isEqualTo(Stage.NEW);
    assertThat(lead(id).reason()).isEqualTo(EnrichLead.OUT_OF_CREDIT);
    assertThat(journal()).hasSize(asked);
    platform.bean(Credits.class).buy(tenant, "order-1", 5);
    assertThat(run(id)).isNotInstanceOf(Outcome.OutOfCredit.class);
  }

  @Test
  void aNewMonthBringsNewCredits() {
    spendAllCreditsBut(0);
    var id = raise("Alderway Homes");
    assertThat(run(id)).isInstanceOf(Outcome.OutOfCredit.class);
    platform.clock().advance(Duration.ofDays(31));
    assertThat(run(id)).isNotInstanceOf(Outcome.OutOfCredit.class);
  }

  @Test
  void aLeadThatWaitsForCreditsTooLongIsGivenUp() {
    var id = raise("Alderway Homes");
    platform.clock().advance(Duration.ofDays(61));
    spendAllCreditsBut(0);
    assertThat(run(id)).isEqualTo(new Outcome.Unreachable(EnrichLead.OUT_OF_CREDIT));
  }

  @Test
  void onlyLeadsForWhichSomebodyIsFoundAreCharged() {
    var found = 0;
    for (var name : names().subList(0, 20)) {
      var id = raise(name);
      found += run(id) instanceof Outcome.Enriched ? 1 : 0;
      run(id);
    }
    assertThat(found).isBetween(1, 19);
    assertThat(credits().used()).isEqualTo(found);
    var month = YearMonth.from(platform.clock().instant().atZone(ZoneOffset.UTC));
    assertThat(platform.bean(Credits.class).entries(tenant, month, null, 50)).hasSize(found);
    var usage = platform.bean(Usages.class).of(tenant, month);
    assertThat(usage.leadsEnriched()).isEqualTo(found);
    assertThat(usage.totalCostMicroUsd())
        .isPositive()
        .isEqualTo(
            names().subList(0, 20).stream()
                .mapToLong(name -> story(raised(name).id()).costMicroUsd())
                .sum());
  }

  @Test
  void aMissingPaymentHoldsEnrichmentAndAnEndedSubscriptionEndsIt() {
    var subscription = Samples.tenant().subscription();
    subscribe(subscription.as(Subscription.Status.PAST_DUE));
    var id = raise("Alderway Homes");
    var until = platform.clock().instant().plus(Duration.ofDays(1));
    assertThat(run(id)).isEqualTo(new Outcome.OutOfCredit(EnrichLead.PAST_DUE, until));
    subscribe(subscription.endingAt(platform.clock().instant()));
    assertThat(run(id)).isEqualTo(new Outcome.Unreachable(EnrichLead.ENDED));
    assertThat(journal()).isEmpty();
    subscribe(subscription.endingAt(until));
    assertThat(run(id)).isNotInstanceOf(Outcome.OutOfCredit.class);
    assertThat(journal()).isNotEmpty();
  }

  @Test
  void anAddressWhoseOwnerObjectsIsSuppressedForAll() {
    useOnly("hunter");
    var known = leadWith(lead -> lead.contact() != null);
    var email = contact(lead(known)).email();
    var name = lead(known).company().name();
    asAnotherTenant("hunter");
    var id = raise(name);
    fault(
        "hunter",
        "/v2/email-verifier",
        451,
        "{\"errors\":[{\"id\":\"claimed_email\",\"code\":451}]}");
    assertThat(run(id)).isInstanceOf(Outcome.Unreachable.class);
    assertThat(lead(id).contact()).isNull();
    assertThat(platform.bean(Suppressions.class).match(TenantId.of("initech"), email)).isPresent();
  }

  @Test
  void huntersStatusesMeanWhatHunterMeans() {
    useOnly("hunter");
    var id = raise("Alderway Homes");
    fault("hunter", "/v2/domain-search", 403, "{}");
    assertThatThrownBy(() -> run(id)).isInstanceOf(TransientException.class);
    fault("hunter", "/v2/domain-search", 503, "{}");
    assertThatThrownBy(() -> run(id)).isInstanceOf(TransientException.class);
    fault("hunter", "/v2/domain-search", 401, "{}");
    assertThatThrownBy(() -> run(id)).isInstanceOf(PermanentException.class);
    fault("hunter", "/v2/domain-search", 429, "{}");
    var until = platform.clock().instant().plus(Duration.ofDays(1));
    assertThat(run(id))
        .isEqualTo(new Outcome.OutOfCredit(EnrichLead.PROVIDER_OUT_OF_CREDIT, until));
    assertThat(credits().used()).isZero();
    assertThat(run(id)).isNotInstanceOf(Outcome.OutOfCredit.class);
  }

  @Test
  void aNameThatHunterCannotLookUpIsNobodys() {
    useOnly("hunter");
    var id = raise("AJ");
    fault("hunter", "/v2/domain-search", 400, "{\"errors\":[{\"id\":\"wrong_params\"}]}");
    assertThat(run(id)).isEqualTo(new Outcome.Unreachable("enrichment.no-company"));
  }

  @Test
  void apollosRefusalsAreToldApart() {
    useOnly("apollo");
    var id = raise("Alderway Homes");
    fault("apollo", "/api/v1/mixed_companies", 429, "{}");
    assertThatThrownBy(() -> run(id)).isInstanceOf(TransientException.class);
    fault("apollo", "/api/v1/mixed_companies", 401, "{}");
    assertThatThrownBy(() -> run(id))
        .isInstanceOf(PermanentException.class)
        .hasMessageContaining("API key");
  }

  @Test
  void anAuthoritysDomainEndsTheSearch() {
    var id = raise("City Works");
    fault(
        "apollo",
        "/api/v1/mixed_companies",
        200,
        "{\"organizations\":[{\"name\":\"City Works\",\"primary_domain\":\"cityworks.gov\"}]}");
    assertThat(run(id)).isEqualTo(new Outcome.Unreachable("enrichment.blocked-domain"));
    assertThat(journal()).hasSize(1);
  }

  @Test
  void anotherFirmOfASimilarNameIsNotTheOneMeant() {
    useOnly("apollo");
    var id = raise("City Works");
    fault(
        "apollo",
        "/api/v1/mixed_companies",
        200,
        "{\"organizations\":[{\"name\":\"City Works of Boise\",\"state\":\"Idaho\",\"primary_domain\":\"cw.example\"}]}");
    assertThat(run(id)).isEqualTo(new Outcome.Unreachable("enrichment.no-company"));
  }

  @Test
  void withoutAnyAccountAnOperatorIsToldWhichSecret() {
    platform.credentials(Samples.TENANT, "{}");
    var id = raise("Alderway Homes");
    assertThatThrownBy(() -> run(id))
        .isInstanceOf(PermanentException.class)
        .hasMessageContaining("leadloom/t/acme/providers");
  }

  @Test
  void aLeadSuppressedMeanwhileStaysSuppressed() {
    var id = leadWith(lead -> lead.contact() != null);
    var name = lead(id).company().name();
    asAnotherTenant("apollo", "hunter");
    var again = raise(name);
    platform
        .bean(Leads.class)
        .change(
            tenant,
            again,
            lead -> lead.at(Stage.SUPPRESSED, "opt-out", platform.clock().instant()));
    run(again);
    assertThat(lead(again).stage()).isEqualTo(Stage.SUPPRESSED);
  }

  @Test
  void peopleAreLookedForAtTheDomainThatAPersonCorrected() {
    var id = raise("Alderway Homes");
    var companies = platform.bean(Companies.class);
    var company = companies.get(tenant, Objects.requireNonNull(lead(id).companyId()));
    companies.correct(
        tenant,
        company.corrected(
            new CompanyCorrection(null, "alderway-real.example", null, null, null),
            platform.clock().instant()),
        Samples.auditEntry());
    fault(
        "apollo",
        "/api/v1/mixed_companies",
        200,
        "{\"organizations\":[{\"name\":\"Alderway Homes\",\"primary_domain\":\"old.example\"}]}");

    assertThat(run(id)).isInstanceOf(Outcome.Enriched.class);

    assertThat(contact(lead(id)).email()).endsWith("@alderway-real.example");
    assertThat(lead(id).company().domain()).isEqualTo("alderway-real.example");
  }

  @Test
  void theStepAnswersByOutcome() {
    raise("Brightwater Builders LLC");
    var answer = Events.send(new EnrichLeadHandler(), "enrichment/enrich-lead--new-lead");
    assertThat(answer.path("outcome").asText()).isIn("ENRICHED", "UNREACHABLE");
    assertThat(answer.path("outcome").asText().equals("ENRICHED")).isEqualTo(!answer.has("reason"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"apollo", "hunter", "nobody"})
  void aCrashAnywhereChangesNothing(String source) {
    var name = nameFoundBy(source);
    Crashes.on(platform)
        .everywhere(
            () -> {
              platform.withThirdParties();
              platform.bean(Tenants.class).create(Samples.tenant());
              raise(name);
            },
            () -> run(raised(name).id()));
  }

  /** The first made-up company whose contact comes from there. */
  private String nameFoundBy(String source) {
    for (var name : names()) {
      var id = raise(name);
      run(id);
      var contact = lead(id).contact();
      if (source.equals(contact == null ? "nobody" : contact.source())) {
        return name;
      }
    }
    throw new AssertionError("None of the made-up companies is found by " + source);
  }

  private static List<String> names() {
    return IntStream.range(0, 100)
        .mapToObj(n -> "Northfield " + Integer.toString(n + 400, 36) + " Partners")
        .toList();
  }

  private LeadId enriched() {
    return leadWith(lead -> lead.contact() != null);
  }

  /** The first made-up lead of which this is true once it was looked up. */
  private LeadId leadWith(Predicate<Lead> wanted) {
    for (var name : names()) {
      var id = raise(name);
      run(id);
      if (wanted.test(lead(id))) {
        return id;
      }
    }
    throw new AssertionError("None of the made-up companies is like that");
  }

  /**
   * Goes on as another tenant, for whom nothing was ever asked, with accounts at these providers.
   */
  private void asAnotherTenant(String... providers) {
    tenant = Samples.OTHER_TENANT;
    platform.bean(Tenants.class).create(tenant(tenant));
    platform.credentials(tenant, only(tenant, providers));
    askedBefore = journal().size();
  }

  private LeadId raise(String name) {
    var lead = raised(name);
    platform.raise(lead);
    return lead.id();
  }

  private Lead raised(String name) {
    var key = new Packs().load("fire-safety").company().identity(name);
    var company = Company.named(name, key, "12 Alder Way", "Austin", "TX", "78701");
    return Lead.raised(tenant, Samples.CAMPAIGN, "fire-safety", company, null, TestClock.START);
  }

  private Outcome run(LeadId id) {
    return platform.bean(EnrichLead.class).run(tenant, id);
  }

  private Lead lead(LeadId id) {
    return platform.bean(Leads.class).get(tenant, id);
  }

  private Story story(LeadId id) {
    return platform.bean(Leads.class).story(tenant, id);
  }

  private static Contact contact(Lead lead) {
    return Objects.requireNonNull(lead.contact());
  }

  private static Tenant tenant(TenantId id) {
    var t = Samples.tenant();
    return new Tenant(
        id,
        t.name(),
        t.pack(),
        t.mode(),
        t.autoApproveAt(),
        t.approvers(),
        t.sender(),
        t.subscription(),
        t.dailyLimit(),
        0);
  }

  private void subscribe(Subscription subscription) {
    var tenants = platform.bean(Tenants.class);
    tenants.change(tenants.get(tenant).with(subscription));
  }

  private Credits.Balance credits() {
    var month = YearMonth.from(platform.clock().instant().atZone(ZoneOffset.UTC));
    return platform.bean(Credits.class).balance(tenant, month, plan());
  }

  private static int plan() {
    return Samples.tenant().subscription().plan().monthlyLeads();
  }

  private void spendAllCreditsBut(int left) {
    var month = YearMonth.from(platform.clock().instant().atZone(ZoneOffset.UTC));
    platform
        .bean(DynamoDbClient.class)
        .updateItem(b ->
            b.tableName(platform.bean(Settings.class).table())
                .key(
                    Map.of(
                        "pk", AttributeValue.fromS("T#acme#CREDITS#" + month),
                        "sk", AttributeValue.fromS("PLAN")))
                .updateExpression("SET used = :used, v = :v, entity = :entity")
                .expressionAttributeValues(
                    Map.of(
                        ":used", AttributeValue.fromN(Integer.toString(plan() - left)),
                        ":v", AttributeValue.fromN("1"),
                        ":entity", AttributeValue.fromS("credits"))));
  }

  private void useOnly(String... providers) {
    platform.credentials(tenant, only(tenant, providers));
  }

  private static String only(TenantId tenant, String... providers) {
    var all = Json.read(SimulatedCredentials.of(tenant.value()).toJson(), ObjectNode.class);
    return Json.write(all.retain(providers));
  }

  private long asked(String path) {
    return journal().stream()
        .skip(askedBefore)
        .filter(line -> line.path("path").asText().equals(path))
        .count();
  }

  private List<JsonNode> journal() {
    var lines = new ArrayList<JsonNode>();
    Json.tree(exchange(HttpRequest.newBuilder(at("/_journal")).build())).forEach(lines::add);
    return lines;
  }

  private void fault(String provider, String path, int status, String body) {
    var fault =
        Json.write(Map.of("provider", provider, "path", path, "status", status, "body", body));
    exchange(
        HttpRequest.newBuilder(at("/_faults"))
            .POST(HttpRequest.BodyPublishers.ofString(fault))
            .build());
  }

  private URI at(String path) {
    return URI.create(simulators.baseUrl() + path);
  }

  private static byte[] exchange(HttpRequest request) {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofByteArray()).body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
