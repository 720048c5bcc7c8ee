package io.leadloom.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;

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
}
