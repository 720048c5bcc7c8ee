package io.leadloom.local;

import io.leadloom.local.template.FunctionResource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log lines of one invocation: Lambda's own, those of the context's logger and those that the
 * handler's thread writes through SLF4J. They go to the stack's log; their end is kept for callers
 * who ask for it.
 */
final class InvocationLog {

  private static final int TAIL_BYTES = 4096;
  private static final ThreadLocal<@Nullable InvocationLog> CURRENT = new ThreadLocal<>();

  private final Logger logger;
  private final FunctionResource function;
  private final String requestId;
  private final StringBuilder tail = new StringBuilder();

  InvocationLog(FunctionResource function, String requestId) {
    this.logger = LoggerFactory.getLogger("lambda." + function.name());
    this.function = function;
    this.requestId = requestId;
  }

  /** Makes this the log of all that the calling thread writes. */
  void follow() {
    CURRENT.set(this);
  }

  /** Keeps a line that the calling thread has written through SLF4J, if it runs a handler. */
  static void overhear(String loggerName, String line) {
    var log = CURRENT.get();
    if (log != null && !log.logger.getName().equals(loggerName)) {
      log.remember(line);
    }
  }

  void start(String version) {
    write("START RequestId: " + requestId + " Version: " + version);
  }

  /** A line of the context's logger. */
  void line(String message) {
    logger.info("{} {}", requestId, message.stripTrailing());
    remember(message);
  }

  /** What the runtime writes of an exception that left the handler. */
  void thrown(Throwable thrown) {
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    line(thrown.getMessage() + ": " + thrown.getClass().getName() + "\n" + text);
  }

  /**
   * The last lines. The memory used is left out, since one JVM cannot tell it of one function.
   *
   * @param init how long the instance took to start, when it was a new one
   */
  void end(Duration duration, Optional<Duration> init, Optional<String> status) {
    write("END RequestId: " + requestId);
    var report = new StringBuilder("REPORT RequestId: ").append(requestId);
    report.append(String.format(Locale.ROOT, "\tDuration: %.2f ms", millis(duration)));
    report.append("\tBilled Duration: ").append((long) Math.ceil(millis(duration))).append(" ms");
    report.append("\tMemory Size: ").append(function.memoryMegabytes()).append(" MB");
    init.ifPresent(time ->
        report.append(String.format(Locale.ROOT, "\tInit Duration: %.2f ms", millis(time))));
    status.ifPresent(text -> report.append("\tStatus: ").append(text));
    write(report.toString());
  }

  /** The last 4 KB, in UTF-8. */
  synchronized byte[] tail() {
    var bytes = tail.toString().getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOfRange(bytes, Math.max(0, bytes.length - TAIL_BYTES), bytes.length);
  }

  private void write(String line) {
    logger.info(line);
    remember(line);
  }

  private synchronized void remember(String line) {
    tail.append(line);
    if (!line.endsWith("\n")) {
      tail.append('\n');
    }
    if (tail.length() > 2 * TAIL_BYTES) {
      tail.delete(0, tail.length() - TAIL_BYTES);
    }
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
