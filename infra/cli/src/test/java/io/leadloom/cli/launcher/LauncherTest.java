package io.leadloom.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
final class LauncherTest {

  private Sandbox sandbox;

  @BeforeEach
  void makeSandbox(@TempDir Path folder) throws IOException {
    sandbox = new Sandbox(folder);
  }

  @Test
  void helpNamesTheCommandsWithoutAnyJava() throws IOException {
    var run = sandbox.leadloom("help");

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains("leadloom up", "leadloom demo", "leadloom import", "leadloom test");
    assertThat(sandbox.leadloom("test", "--help").out()).contains("--group NAME");
    assertThat(sandbox.mavenRuns()).isEmpty();
  }

  @Test
  void anUnknownCommandIsNamedAndAnsweredWithHelp() throws IOException {
    var run = sandbox.leadloom("dmeo");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("there is no command 'dmeo'", "leadloom demo");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "home/.sdkman/candidates/java/25.0.3-tem",
        "home/.jdks/temurin-25",
        "home/.asdf/installs/java/temurin-25",
        "home/.local/share/mise/installs/java/25",
        "home/.gradle/jdks/jdk-25",
        "home/Library/Java/JavaVirtualMachines/jdk-25/Contents/Home",
        "home/.cache/leadloom/jdk-25",
        "jvm/temurin-25-jdk-amd64",
        "jvm/temurin-25.jdk/Contents/Home",
      })
  void aJdkIsFoundWhereItIsUsuallyInstalled(String place) throws IOException {
    Sandbox.jdk(sandbox.systemJdks.resolve("java-17"), "17.0.15");
    var jdk = Sandbox.jdk(sandbox.machine.resolve(place), "25.0.3");

    assertThat(sandbox.leadloom("demo").jdk()).isEqualTo(jdk.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"JAVA_HOME", "JAVA25_HOME"})
  void aJdkNamedByAVariableComesFirst(String variable) throws IOException {
    Sandbox.jdk(sandbox.systemJdks.resolve("java-25"), "25.0.3");
    var jdk = Sandbox.jdk(sandbox.home.resolve("my jdk"), "26");
    sandbox.environment.put(variable, jdk.toString());

    assertThat(sandbox.leadloom("demo").jdk()).isEqualTo(jdk.toString());
  }

  @Test
  void aJdkOnThePathIsFoundThroughItsLinks() throws IOException {
    var jdk = Sandbox.jdk(sandbox.home.resolve("anywhere/jdk"), "25");
    var link =
        Files.createSymbolicLink(sandbox.home.resolve("alternative"), jdk.resolve("bin/java"));
    Files.createSymbolicLink(sandbox.bin.resolve("java"), link);

    assertThat(sandbox.leadloom("demo").jdk()).isEqualTo(jdk.toString());
  }

  @Test
  void anOlderDefaultJavaIsPassedOver() throws IOException {
    var old = Sandbox.jdk(sandbox.home.resolve("java-17"), "17.0.15");
    Files.createSymbolicLink(sandbox.bin.resolve("java"), old.resolve("bin/java"));
    sandbox.environment.put("JAVA_HOME", old.toString());
    var jdk = Sandbox.jdk(sandbox.systemJdks.resolve("java-25"), "25.0.3");

    assertThat(sandbox.leadloom("demo").jdk()).isEqualTo(jdk.toString());
    assertThat(sandbox.home.resolve("maven.java")).hasContent(jdk.toString());
  }

  @Test
  void aRuntimeWithoutCompilerIsPassedOver() throws IOException {
    Sandbox.jre(sandbox.systemJdks.resolve("a-jre-25"), "25.0.3");
    var jdk = Sandbox.jdk(sandbox.systemJdks.resolve("b-jdk-25"), "25.0.3");

    assertThat(sandbox.leadloom("demo").jdk()).isEqualTo(jdk.toString());
  }

  @Test
  void aJdkWithoutReleaseFileIsAskedForItsVersion() throws IOException {
    Sandbox.jdkWithoutReleaseFile(sandbox.systemJdks.resolve("a-8"), "1.8.0_402");
    var jdk = Sandbox.jdkWithoutReleaseFile(sandbox.systemJdks.resolve("b-25"), "25.0.3");

    assertThat(sandbox.leadloom("demo").jdk()).isEqualTo(jdk.toString());
  }

  @Test
  void javaGetsTheProjectsJarsTheLibrariesAndTheArgumentsAsTheyWere() throws IOException {
    installJdk();
    sandbox.environment.put("LEADLOOM_JAVA_OPTS", "-Xmx2g -Dsome=thing");

    var arguments = sandbox.leadloom("import", "my file.csv", "--tenant", "", "*").arguments();

    assertThat(arguments)
        .endsWith("io.leadloom.cli.Main", "import", "my file.csv", "--tenant", "", "*");
    assertThat(arguments)
        .contains("-Xmx2g", "-Dsome=thing", "-Dleadloom.home=" + sandbox.repository);
    var classPath = arguments.get(arguments.indexOf("-cp") + 1);
    assertThat(classPath).contains(sandbox.home.resolve("library.jar").toString());
    var jars = Path.of(classPath.substring(0, classPath.indexOf("/*:")));
    assertThat(jars.resolve("leadloom.jar")).exists();
    assertThat(jars.resolve("scoring.jar")).exists();
  }

  @Test
  void itRunsThroughALinkAndStaysInTheFolderItWasCalledFrom() throws IOException {
    installJdk();
    Files.createSymbolicLink(sandbox.home.resolve("link"), sandbox.repository.resolve("leadloom"));
    var link = Files.createSymbolicLink(sandbox.home.resolve("ll"), Path.of("link"));

    var run = sandbox.start(link, sandbox.systemJdks, "up").finish();

    assertThat(run.line("cwd ")).isEqualTo(sandbox.systemJdks.toString());
    assertThat(run.arguments()).contains("-Dleadloom.home=" + sandbox.repository);
  }

  @Test
  void javaTakesTheShellsPlaceSoThatASignalReachesIt() throws IOException {
    installJdk();
    var up = sandbox.start(sandbox.repository.resolve("leadloom"), sandbox.home, "up", "linger");
    await(() -> read(up.out()).contains("linger"));

    up.process().destroy();
    var run = up.finish();

    assertThat(run.line("pid ")).isEqualTo(Long.toString(up.process().pid()));
    assertThat(run.out()).contains("told to stop");
    assertThat(run.exit()).isEqualTo(5);
  }

  @Test
  void itBuildsOnceAndSaysSo() throws IOException {
    installJdk();

    assertThat(sandbox.leadloom("demo").err()).startsWith("leadloom: building").hasLineCount(1);
    assertThat(sandbox.leadloom("demo").err()).isEmpty();
    assertThat(sandbox.mavenRuns()).hasSize(1);
  }

  @Test
  void aChangedSourceIsBuiltAndARunningStackKeepsItsJars() throws IOException {
    installJdk();
    var before = jarsOf(sandbox.leadloom("demo"));
    touchLater("functions/scoring/src/main/java/Scorecard.java");

    var after = jarsOf(sandbox.leadloom("demo"));

    assertThat(sandbox.mavenRuns()).hasSize(2);
    assertThat(after).isNotEqualTo(before);
    assertThat(before.resolve("scoring.jar")).exists();
  }

  @Test
  void aRemovedSourceIsNoticed() throws IOException {
    installJdk();
    sandbox.leadloom("demo");
    Files.delete(sandbox.repository.resolve("functions/scoring/src/main/java/Scorecard.java"));

    sandbox.leadloom("demo");

    assertThat(sandbox.mavenRuns()).hasSize(2);
  }

  @Test
  void aChangedTestOrBuildProductIsNoReasonToBuild() throws IOException {
    installJdk();
    sandbox.leadloom("demo");
    touchLater("functions/scoring/src/test/java/ScorecardTest.java");
    touchLater("functions/scoring/target/scoring.jar");

    sandbox.leadloom("demo");

    assertThat(sandbox.mavenRuns()).hasSize(1);
  }

  @Test
  void aLibraryThatIsGoneIsFetchedAgain() throws IOException {
    installJdk();
    sandbox.leadloom("demo");
    Files.delete(sandbox.home.resolve("library.jar"));

    sandbox.leadloom("demo");

    assertThat(sandbox.mavenRuns()).hasSize(2);
  }

  @Test
  void aFailedBuildShowsItsErrorsAndIsTriedAgain() throws IOException {
    installJdk();
    Files.createFile(sandbox.home.resolve("broken"));

    var run = sandbox.leadloom("demo");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .contains("cannot find symbol", "whole log")
        .doesNotContain("BUILD FAILURE");
    assertThat(sandbox.repository.resolve("infra/cli/target/launcher/build.log"))
        .content()
        .contains("BUILD FAILURE");
    Files.delete(sandbox.home.resolve("broken"));
    assertThat(sandbox.leadloom("demo").exit()).isZero();
  }

  @Test
  void twoStartsAtOnceBuildOnce() throws IOException {
    installJdk();
    var hold = Files.createFile(sandbox.home.resolve("hold"));
    var launcher = sandbox.repository.resolve("leadloom");
    var first = sandbox.start(launcher, sandbox.home, "demo");
    await(() -> Files.exists(sandbox.home.resolve("maven.log")));
    var second = sandbox.start(launcher, sandbox.home, "demo");
    await(() -> read(second.err()).contains("waiting for process " + first.process().pid()));

    Files.delete(hold);

    assertThat(first.finish().exit()).isZero();
    assertThat(second.finish().exit()).isZero();
    assertThat(sandbox.mavenRuns()).hasSize(1);
  }

  @Test
  void aLockWhoseHolderDiedIsTakenOver() throws IOException {
    installJdk();
    var dead = sandbox.start(sandbox.bin.resolve("uname"), sandbox.home);
    dead.finish();
    var built = Files.createDirectories(sandbox.repository.resolve("infra/cli/target/launcher"));
    Files.createSymbolicLink(built.resolve("lock"), Path.of(Long.toString(dead.process().pid())));

    assertThat(sandbox.leadloom("demo").exit()).isZero();
    assertThat(Files.isSymbolicLink(built.resolve("lock"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.6.3", "3.8.0"})
  void anOldMavenIsLeftForTheWrapper(String version) throws IOException {
    installJdk();
    sandbox.maven(version);

    sandbox.leadloom("demo");

    assertThat(sandbox.mavenRuns()).singleElement().asString().startsWith("mvnw ");
  }

  @Test
  void withoutMavenTheWrapperIsUsed() throws IOException {
    installJdk();
    Files.delete(sandbox.bin.resolve("mvn"));

    sandbox.leadloom("demo");

    assertThat(sandbox.mavenRuns()).singleElement().asString().startsWith("mvnw ");
  }

  @Test
  void theTestCommandVerifiesPassesArgumentsOnAndSumsTheReports() throws IOException {
    installJdk();

    var run = sandbox.leadloom("test", "-pl", "functions/scoring", "--group", "slow", "-am");

    assertThat(sandbox.mavenRuns())
        .singleElement()
        .asString()
        .endsWith("verify --batch-mode -pl functions/scoring -Dgroups=slow -DexcludedGroups= -am");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).endsWith("11 passed, 2 failed, 2 skipped\n");
  }

  @Test
  void aTagThatNoTestHasIsAnError() throws IOException {
    installJdk();
    sandbox.leadloom("demo");
    Files.createFile(sandbox.home.resolve("untested"));

    var run = sandbox.leadloom("test", "--group", "slwo");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("no test has the tag 'slwo'");
  }

  @Test
  void aFreshTestUsesAnEmptyRepositoryAndRemovesIt() throws IOException {
    installJdk();

    sandbox.leadloom("test", "--fresh");

    var maven = sandbox.mavenRuns().getFirst();
    assertThat(maven).contains("-Dmaven.repo.local=").doesNotContain("--fresh");
    var repository = maven.replaceFirst(".*-Dmaven.repo.local=(\\S+).*", "$1");
    assertThat(Path.of(repository)).isAbsolute().doesNotExist();
  }

  private void installJdk() throws IOException {
    Sandbox.jdk(sandbox.systemJdks.resolve("java-25"), "25.0.3");
  }

  private void touchLater(String path) throws IOException {
    Files.setLastModifiedTime(
        sandbox.repository.resolve(path), FileTime.from(Instant.now().plus(Duration.ofMinutes(1))));
  }

  private static Path jarsOf(Sandbox.Run run) {
    var classPath = run.arguments().get(run.arguments().indexOf("-cp") + 1);
    return Path.of(classPath.substring(0, classPath.indexOf("/*:")));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(BooleanSupplier condition) {
    var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("still not so after half a minute");
      }
      Thread.onSpinWait();
    }
  }
}
