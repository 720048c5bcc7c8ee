package io.leadloom.cli.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher on a machine without a JDK, with a server that answers as the Adoptium API does. */
@EnabledOnOs({OS.LINUX, OS.MAC})
final class JdkDownloadTest {

  private Sandbox sandbox;
  private HttpServer server;
  private byte[] archive;
  private String checksum;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    sandbox = new Sandbox(folder);
    Sandbox.jdk(folder.resolve("jdk-25.0.3+9"), "25.0.3");
    archive = archive(folder, "jdk-25.0.3+9");
    checksum = sha256(archive);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve("/v3/assets/latest/25/hotspot", () -> release().getBytes(UTF_8));
    serve("/jdk.tar.gz", () -> archive);
    server.start();
    sandbox.environment.put("LEADLOOM_JDK_URL", url());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aJdkIsFetchedOnceAndUsedFromThenOn() throws IOException {
    var first = sandbox.leadloom("demo");
    var second = sandbox.leadloom("demo");

    assertThat(first.err()).contains("fetching Eclipse Temurin");
    assertThat(first.jdk()).isEqualTo(cache().resolve("jdk-25").toString());
    assertThat(second.jdk()).isEqualTo(first.jdk());
    assertThat(second.err()).isEmpty();
    assertThat(requests).hasSize(2).last().isEqualTo("/jdk.tar.gz");
    assertThat(requests.getFirst())
        .contains("image_type=jdk", "vendor=eclipse", "os=", "architecture=");
  }

  @Test
  void withoutCurlItIsFetchedWithWget() throws IOException {
    Files.delete(sandbox.bin.resolve("curl"));

    if (Files.exists(sandbox.bin.resolve("wget"))) {
      assertThat(sandbox.leadloom("demo").jdk()).isEqualTo(cache().resolve("jdk-25").toString());
    } else {
      assertThat(sandbox.leadloom("demo").err()).contains("could not be reached");
    }
  }

  @Test
  void anotherCacheFolderIsHeeded() throws IOException {
    var folder = sandbox.home.resolve("another cache");
    sandbox.environment.put("XDG_CACHE_HOME", folder.toString());

    assertThat(sandbox.leadloom("demo").jdk())
        .isEqualTo(folder.resolve("leadloom/jdk-25").toString());
  }

  @Test
  void anArchiveThatIsNotWhatWasPromisedIsRefused() throws IOException {
    checksum = "0".repeat(64);

    var run = sandbox.leadloom("demo");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("does not match its checksum", "Install one");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void whatIsNoJdkIsRefused() throws Exception {
    Sandbox.jre(sandbox.home.resolve("not-a-jdk"), "25.0.3");
    archive = archive(sandbox.home, "not-a-jdk");
    checksum = sha256(archive);

    var run = sandbox.leadloom("demo");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("holds no JDK 25");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void whereNothingCanBeFetchedOneLineSaysWhatToInstall() throws IOException {
    server.stop(0);

    var run = sandbox.leadloom("demo");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err().lines().toList().getLast())
        .contains(
            "no JDK 25 was found", url() + " could not be reached", "Install one", "JAVA_HOME");
    assertThat(leftovers()).isEmpty();
    assertThat(sandbox.mavenRuns()).isEmpty();
  }

  @Test
  void severalStartsAtOnceFetchOnce() throws IOException {
    var launcher = sandbox.repository.resolve("leadloom");
    var starts =
        IntStream.range(0, 4)
            .mapToObj(start -> {
              try {
                return sandbox.start(launcher, sandbox.home, "demo");
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
            .toList();

    for (var start : starts) {
      assertThat(start.finish().jdk()).isEqualTo(cache().resolve("jdk-25").toString());
    }
    assertThat(requests).hasSize(2);
    assertThat(sandbox.mavenRuns()).hasSize(1);
  }

  /** As the API answers, with an installer beside the package, which must not be taken. */
  private String release() {
    return """
    [
      {
        "binary": {
          "architecture": "x64",
          "image_type": "jdk",
          "installer": {
            "checksum": "%1$s",
            "link": "%2$s/jdk.pkg",
            "name": "jdk.pkg"
          },
          "os": "linux",
          "package": {
            "checksum": "%1$s",
            "checksum_link": "%2$s/jdk.tar.gz.sha256.txt",
            "link": "%2$s/jdk.tar.gz",
            "metadata_link": "%2$s/jdk.tar.gz.json",
            "name": "jdk.tar.gz",
            "size": %3$d
          },
          "project": "jdk"
        },
        "release_name": "jdk-25.0.3+9",
        "vendor": "eclipse"
      }
    ]
    """
        .formatted(checksum, url(), archive.length);
  }

  private void serve(String path, Body body) {
    server.createContext(
        path,
        exchange -> {
          requests.add(exchange.getRequestURI().toString());
          var bytes = body.bytes();
          exchange.sendResponseHeaders(200, bytes.length);
          try (var out = exchange.getResponseBody()) {
            out.write(bytes);
          }
        });
  }

  private interface Body {
    byte[] bytes();
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private Path cache() {
    return sandbox.home.resolve(".cache/leadloom");
  }

  private List<Path> leftovers() throws IOException {
    try (Stream<Path> files = Files.list(cache())) {
      return files.toList();
    }
  }

  /** A compressed archive of the folder {@code name} in {@code parent}. */
  private static byte[] archive(Path parent, String name) throws IOException, InterruptedException {
    var file = parent.resolve(name + ".tar.gz");
    var tar =
        new ProcessBuilder("tar", "-czf", file.toString(), "-C", parent.toString(), name)
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).isZero();
    return Files.readAllBytes(file);
  }

  private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
