package io.leadloom.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.leadloom.model.Lead;
import io.leadloom.model.LeadRef;
import io.leadloom.model.Tenant;
import io.leadloom.model.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may lean on whom. Arrows point down: feature, platform and packs, model. */
@AnalyzeClasses(packages = "io.leadloom", importOptions = ImportOption.DoNotIncludeTests.class)
class ModulesTest {

  private static final String[] SHARED = {
    "io.leadloom.model..", "io.leadloom.platform..", "io.leadloom.packs..", "io.leadloom.rest.."
  };

  @ArchTest
  static final ArchRule theVocabularyKnowsNothingButTheJdk =
      classes()
          .that()
          .resideInAPackage("io.leadloom.model..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.leadloom.model..", "java..", "org.jspecify..");

  /**
   * The generated builders copy anything to anything; what happens to a record has a name in it.
   */
  @ArchTest
  static final ArchRule recordsOfTheVocabularyChangeByTheirOwnMethods =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.leadloom.model..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.leadloom.model..").and(simpleNameEndingWith("Builder")));

  @ArchTest
  static final ArchRule noFeatureImportsAnother =
      slices()
          .matching("io.leadloom.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              not(resideInAPackage("io.leadloom.nowhere..")),
              com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(SHARED));

  @ArchTest
  static final ArchRule sharedCodeKnowsNoFeature =
      noClasses()
          .that()
          .resideInAnyPackage(SHARED)
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.leadloom..")
                  .and(
                      not(
                          com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(
                              SHARED))));

  @ArchTest
  static final ArchRule timeComesFromTheInjectedClock =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.leadloom.platform.Wiring")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  @ArchTest
  static final ArchRule onlyThePlatformTouchesTheTable =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.leadloom.platform..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon.awssdk.services.dynamodb..");

  /**
   * What belongs to no tenant, or finds out whose something is; each name is an exception on
   * purpose.
   */
  private static final Set<String> BEYOND_TENANTS =
      Set.of(
          "ApiKeys.holderOf",
          "IdempotentRequests.claim",
          "IdempotentRequests.complete",
          "IdempotentRequests.release",
          "Inbox.find",
          "Inbox.isProcessed",
          "Inbox.processed",
          "Inbox.store",
          "Limits.takeOfPerson",
          "Links.find",
          "Sessions.chosen",
          "Sessions.end",
          "Sessions.ended",
          "Suppressions.addForAll",
          "Teams.invitedBy",
          "Teams.tenantsOf",
          "Tenants.ids");

  @ArchTest
  static final ArchRule everyStoreMethodTakesTheTenant =
      methods()
          .that()
          .arePublic()
          .and()
          .areNotStatic()
          .and()
          .areDeclaredInClassesThat(
              DescribedPredicate.describe(
                  "are stores",
                  type ->
                      type.getPackageName().equals("io.leadloom.platform")
                          && type.getFields().stream()
                              .anyMatch(field ->
                                  field
                                      .getRawType()
                                      .getFullName()
                                      .equals("io.leadloom.platform.Table"))))
          .should(takeATenant());

  private static ArchCondition<JavaMethod> takeATenant() {
    var carriers =
        Stream.of(TenantId.class, Tenant.class, Lead.class, LeadRef.class)
            .map(Class::getName)
            .collect(Collectors.toSet());
    return new ArchCondition<>("take a tenant, or something that carries one") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        var name = method.getOwner().getSimpleName() + "." + method.getName();
        var takes =
            method.getRawParameterTypes().stream()
                .anyMatch(type -> carriers.contains(type.getFullName()));
        if (takes == BEYOND_TENANTS.contains(name)) {
          events.add(
              SimpleConditionEvent.violated(
                  method,
                  takes
                      ? name + " takes a tenant; strike it from the exceptions"
                      : method.getFullName() + " takes no tenant"));
        }
      }
    };
  }
}
