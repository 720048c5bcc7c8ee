package io.leadloom.cli.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A machine of its own for the launcher: a home, a search path, a folder of JDKs and a small copy
 * of the repository, with stand-ins for Java and Maven that say how they were called. Paths hold a
 * space, so every test tells whether that is borne.
 */
final class Sandbox {

  private static final List<String> TOOLS =
      List.of(
          "awk",
          "cat",
          "cksum",
          "cp",
          "curl",
          "cut",
          "dirname",
          "find",
          "grep",
          "gzip",
          "head",
          "ln",
          "mkdir",
          "mktemp",
          "mv",
          "readlink",
          "rm",
          "rmdir",
          "sed",
          "sh",
          "sha256sum",
          "shasum",
          "sleep",
          "sort",
          "tar",
          "tr",
          "uname",
          "wget");

  private static final String JAVA =
      """
      #!/bin/sh
      if [ "$1" = -version ]; then echo 'openjdk version "%1$s" 2026-01-01' >&2; exit; fi
      echo "java $(cd "$(dirname "$0")/.." && pwd -P)"
      echo "pid $$"
      echo "cwd $(pwd -P)"
      for argument in "$@"; do echo "argument $argument"; done
      case "$*" in *linger*) trap 'echo "told to stop"; exit 5' TERM; while :; do sleep 0.1; done ;; esac
      """;

  private static final String MAVEN =
      """
      #!/bin/sh
      if [ "$1" = -v ]; then echo "Apache Maven %1$s (stand-in)"; exit; fi
      echo "%2$s $*" >>"$HOME/maven.log"
      echo "$JAVA_HOME" >"$HOME/maven.java"
      while [ -e "$HOME/hold" ]; do sleep 0.1; done
      if [ -e "$HOME/broken" ]; then
        echo "[INFO] BUILD FAILURE"
        echo "[ERROR] Scorecard.java:[12,3] cannot find symbol"
        exit 1
      fi
      case "$*" in
        *verify*)
          [ ! -e "$HOME/untested" ] || exit 0
          mkdir -p functions/scoring/target/surefire-reports infra/cli/target/failsafe-reports
          echo '<testsuite name="A" time="1" tests="10" errors="0" skipped="2" failures="1">' \\
            >functions/scoring/target/surefire-reports/TEST-A.xml
          echo '<testsuite name="B" time="1" tests="5" errors="1" skipped="0" failures="0">' \\
            >infra/cli/target/failsafe-reports/TEST-B.xml
          exit 1 ;;
      esac
      mkdir -p functions/scoring/target infra/cli/target
      echo jar >functions/scoring/target/scoring.jar
      echo jar >infra/cli/target/leadloom.jar
      echo library >"$HOME/library.jar"
      printf %%s "$PWD/functions/scoring/target/scoring.jar:$HOME/library.jar" >infra/cli/target/classpath.txt
      """;

  final Path machine;
  final Path home;
  final Path systemJdks;
  final Path repository;
  final Path bin;
  final Map<String, String> environment = new LinkedHashMap<>();

  Sandbox(Path folder) throws IOException {
    machine = folder.toRealPath().resolve("a machine");
    home = Files.createDirectories(machine.resolve("home"));
    systemJdks = Files.createDirectories(machine.resolve("jvm"));
    repository = Files.createDirectories(machine.resolve("repository"));
    bin = Files.createDirectories(machine.resolve("bin"));
    for (var tool : TOOLS) {
      for (var place : List.of("/usr/bin", "/bin")) {
        var original = Path.of(place, tool);
        if (Files.exists(original) && Files.notExists(bin.resolve(tool))) {
          script(bin.resolve(tool), "#!/bin/sh\nexec " + original + " \"$@\"\n");
        }
      }
    }
    copyLauncher();
    source("pom.xml");
    source("functions/scoring/src/main/java/Scorecard.java");
    source("functions/scoring/src/test/java/ScorecardTest.java");
    source("infra/cli/pom.xml");
    maven("3.9.9");
    script(repository.resolve("mvnw"), MAVEN.formatted("3.9.16", "mvnw"));
    environment.put("HOME", home.toString());
    environment.put("PATH", bin.toString());
    environment.put("LEADLOOM_JVM_DIRS", systemJdks.toString());
  }

  private void copyLauncher() throws IOException {
    var real = Path.of("../..").toRealPath();
    Files.createDirectories(repository.resolve("infra/launcher"));
    Files.copy(real.resolve("leadloom"), repository.resolve("leadloom"));
    try (Stream<Path> parts = Files.list(real.resolve("infra/launcher"))) {
      for (var part : parts.toList()) {
        Files.copy(part, repository.resolve("infra/launcher").resolve(part.getFileName()));
      }
    }
  }

  /** Writes a file of the repository anew. */
  Path source(String path) throws IOException {
    var file = repository.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, path);
  }

  /** Makes {@code folder} a JDK of this version, as its "release" file tells. */
  static Path jdk(Path folder, String version) throws IOException {
    jdkWithoutReleaseFile(folder, version);
    Files.writeString(
        folder.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
    return folder;
  }

  static Path jdkWithoutReleaseFile(Path folder, String version) throws IOException {
    jre(folder, version);
    script(folder.resolve("bin/javac"), "#!/bin/sh\n");
    return folder;
  }

  static Path jre(Path folder, String version) throws IOException {
    Files.createDirectories(folder.resolve("bin"));
    script(folder.resolve("bin/java"), JAVA.formatted(version));
    return folder;
  }

  /** Puts a Maven of this version on the path. */
  void maven(String version) throws IOException {
    script(bin.resolve("mvn"), MAVEN.formatted(version, "mvn"));
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + file + " executable");
    }
  }

  /**
   * The command lines that Maven was given, oldest first, each after {@code mvn} or {@code mvnw}.
   */
  List<String> mavenRuns() throws IOException {
    var log = home.resolve("maven.log");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  Run leadloom(String... arguments) throws IOException {
    return start(repository.resolve("leadloom"), home, arguments).finish();
  }

  Running start(Path launcher, Path workingFolder, String... arguments) throws IOException {
    var command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    var out = Files.createTempFile(home, "out", "");
    var err = Files.createTempFile(home, "err", "");
    var builder =
        new ProcessBuilder(command)
            .directory(workingFolder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return new Running(builder.start(), out, err);
  }

  /** A launcher under way. */
  record Running(Process process, Path out, Path err) {

    Run finish() throws IOException {
      try {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError("still running after a minute: " + Files.readString(err));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
      return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }
  }

  /** What a launcher did. */
  record Run(int exit, String out, String err) {

    /** The JDK that ran Leadloom. */
    String jdk() {
      return line("java ");
    }

    String line(String start) {
      return out.lines()
          .filter(line -> line.startsWith(start))
          .findFirst()
          .map(line -> line.substring(start.length()))
          .orElseThrow(
              () -> new AssertionError("no line starts with '" + start + "' in: " + out + err));
    }

    List<String> arguments() {
      return out.lines()
          .filter(line -> line.startsWith("argument "))
          .map(line -> line.substring(9))
          .toList();
    }
  }
}
