package io.leadloom.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.platform.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The machine's own Chromium, without a window, told what to do over its DevTools protocol: so the
 * test needs no driver of the very version of the browser that happens to be installed.
 */
final class Chromium implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private final Process process;
  private final WebSocket socket;
  private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
  private String session = "";
  private int calls;

  private Chromium(Process process, URI devTools) {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(devTools, new Answers()).join();
  }

  /** Where the machine's browser is, if it has one. */
  static Optional<Path> installed() {
    return Stream.of(String.valueOf(System.getenv("PATH")).split(":"))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts a browser with an empty page. */
  static Chromium start(Path browser, Path folder) throws Exception {
    var log = Files.createTempFile(folder, "chromium", ".log");
    var process =
        new ProcessBuilder(
                browser.toString(),
                "--headless=new",
                // Needed as root, as in most containers; it sees nothing but our own pages.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--window-size=1100,900",
                "--remote-debugging-port=0",
                "--user-data-dir=" + folder.resolve("profile"),
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      var listening = LISTENING.matcher(Files.readString(log));
      if (listening.find()) {
        var chromium = new Chromium(process, URI.create(listening.group(1)));
        chromium.openPage();
        return chromium;
      }
      LockSupport.parkNanos(20_000_000);
    }
    process.destroyForcibly();
    throw new AssertionError("Chromium did not start: " + Files.readString(log));
  }

  private void openPage() throws InterruptedException {
    var target =
        call("Target.createTarget", Json.mapper().createObjectNode().put("url", "about:blank"));
    var attach = Json.mapper().createObjectNode().put("flatten", true);
    attach.put("targetId", target.path("targetId").asText());
    session = call("Target.attachToTarget", attach).path("sessionId").asText();
  }

  /** Goes to an address and waits for its page. */
  void open(URI address) throws InterruptedException {
    leave("location.href = " + Json.write(address.toString()));
  }

  /** Clicks the first element that a CSS selector finds, and waits for the page it leads to. */
  void click(String selector) throws InterruptedException {
    leave(element(selector) + ".click()");
  }

  /** Clicks the first link with this text, and waits for the page it leads to. */
  void clickLink(String text) throws InterruptedException {
    leave(
        "[...document.links].find(a => a.textContent.trim() === " + Json.write(text) + ").click()");
  }

  /** Writes into a field in place of what stands there. */
  void type(String selector, String text) throws InterruptedException {
    evaluate(element(selector) + ".value = " + Json.write(text) + "; 1");
  }

  String title() throws InterruptedException {
    return evaluate("document.title").asText();
  }

  /** The page as a person reads it. */
  String text() throws InterruptedException {
    return evaluate("document.body.innerText").asText();
  }

  /** How far the page is wider than the window: people on a phone would have to scroll sideways. */
  int overflow(int width) throws InterruptedException {
    var metrics = Json.mapper().createObjectNode().put("width", width).put("height", 900);
    call(
        "Emulation.setDeviceMetricsOverride",
        metrics.put("deviceScaleFactor", 1).put("mobile", true));
    try {
      return evaluate("document.documentElement.scrollWidth - " + width).asInt();
    } finally {
      call("Emulation.clearDeviceMetricsOverride", Json.mapper().createObjectNode());
    }
  }

  void screenshot(Path file) throws InterruptedException, IOException {
    var options = Json.mapper().createObjectNode().put("captureBeyondViewport", true);
    var picture = call("Page.captureScreenshot", options).path("data").asText();
    Files.write(file, Base64.getDecoder().decode(picture));
  }

  /** Runs what leaves the page, and waits until the next one stands. */
  private void leave(String script) throws InterruptedException {
    evaluate("window.left = false; 1");
    evaluate(script);
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!evaluate("window.left === undefined && document.readyState === 'complete'")
        .asBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("no new page after " + script);
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static String element(String selector) {
    return "document.querySelector(" + Json.write(selector) + ")";
  }

  private JsonNode evaluate(String script) throws InterruptedException {
    var expression = Json.mapper().createObjectNode().put("expression", script);
    var answer = call("Runtime.evaluate", expression.put("returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(script + ": " + answer.path("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  private JsonNode call(String method, ObjectNode parameters) throws InterruptedException {
    var id = ++calls;
    var request = Json.mapper().createObjectNode().put("id", id).put("method", method);
    request.set("params", parameters);
    if (!session.isEmpty()) {
      request.put("sessionId", session);
    }
    socket.sendText(Json.write(request), true).join();
    while (true) {
      var answer = answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (answer == null) {
        throw new AssertionError("Chromium does not answer " + method);
      }
      if (answer.path("id").asInt() == id) {
        // A page that is just being left answers nothing; the next look sees the new one.
        return answer.path("result");
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  /** Collects what Chromium says; one message may come in parts. */
  private final class Answers implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      message.append(part);
      if (last) {
        answers.add(Json.tree(message.toString().getBytes(StandardCharsets.UTF_8)));
        message.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
