package io.leadloom.cloud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/**
 * A LocalStack on this machine without Docker, by the scripts of a folder outside of the checkout:
 * {@code LEADLOOM_LOCALSTACK_KIT}, or {@code ../shared/localstack-host}.
 */
public final class LocalStackKit implements AutoCloseable {

  /** The checkout. */
  public static final Path ROOT = root();

  private final Path folder;
  private final Map<String, String> environment;
  private final URI url;

  private LocalStackKit(Path folder, Path data) {
    var port = freePort();
    this.folder = folder;
    this.environment =
        Map.of(
            "PORT",
            Integer.toString(port),
            "DATA",
            data.toString(),
            "CFN_IGNORE_UNSUPPORTED_RESOURCE_TYPES",
            "1");
    try {
      Script.run(folder.resolve("start.sh").toString()).with(environment).orFail();
    } catch (AssertionError e) {
      // What the scripts need, such as a Python, is no matter of ours.
      throw new TestAbortedException("no LocalStack can be started here: " + e.getMessage(), e);
    }
    this.url = URI.create("http://127.0.0.1:" + port);
  }

  /** The folder of the scripts, if it is at hand. */
  public static Optional<Path> folder() {
    var named = System.getenv("LEADLOOM_LOCALSTACK_KIT");
    return Optional.of(named == null ? ROOT.resolve("../shared/localstack-host") : Path.of(named))
        .map(Path::normalize)
        .filter(folder -> Files.isExecutable(folder.resolve("start.sh")));
  }

  /**
   * Starts a LocalStack, which the first time is installed.
   *
   * @param data for its log and its temporary files
   */
  public static LocalStackKit start(Path folder, Path data) {
    return new LocalStackKit(folder, data);
  }

  /** Its endpoint. */
  public URI url() {
    return url;
  }

  /** The folder of commands that come with it: {@code aws}. */
  Path commands() {
    var home = System.getenv("LOCALSTACK_HOST_HOME");
    var cache = System.getenv("XDG_CACHE_HOME");
    return (home != null
            ? Path.of(home)
            : (cache != null ? Path.of(cache) : Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("localstack-host"))
        .resolve("venv/bin");
  }

  @Override
  public void close() {
    Script.run(folder.resolve("stop.sh").toString()).with(environment).orFail();
  }

  static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    var folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("template.yaml"))) {
      folder = Objects.requireNonNull(folder.getParent(), "no folder above has a template.yaml");
    }
    return folder;
  }
}
