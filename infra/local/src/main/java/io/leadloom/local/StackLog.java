package io.leadloom.local;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the stack logs: warnings to standard error, everything to {@code stack.log} in the data
 * folder. It is set up here and not by a file, since several jars bring a {@code logback.xml}.
 */
final class StackLog {

  private static final String PATTERN = "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %logger{30} - %msg%n";

  /** What an invocation's log says of a line; the request id is in its first lines. */
  private static final String TAIL_PATTERN = "%-5level %logger{30} - %msg%n";

  /** Held, since java.util.logging forgets the level of a logger that nobody holds. */
  private static final java.util.logging.Logger SQLITE =
      java.util.logging.Logger.getLogger("com.almworks.sqlite4java");

  private StackLog() {}

  static void writeTo(Path data) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return;
    }
    SQLITE.setLevel(java.util.logging.Level.OFF);
    context.reset();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);

    var console = new ConsoleAppender<ILoggingEvent>();
    console.setTarget("System.err");
    console.setEncoder(encoder(context, PATTERN));
    var warnings = new ThresholdFilter();
    warnings.setLevel("WARN");
    warnings.start();
    console.addFilter(warnings);
    root.addAppender(started(context, console));

    var file = new FileAppender<ILoggingEvent>();
    file.setFile(data.resolve("stack.log").toString());
    file.setEncoder(encoder(context, PATTERN));
    root.addAppender(started(context, file));

    var tail = encoder(context, TAIL_PATTERN);
    root.addAppender(
        started(
            context,
            new AppenderBase<>() {
              @Override
              protected void append(ILoggingEvent event) {
                InvocationLog.overhear(
                    event.getLoggerName(), new String(tail.encode(event), StandardCharsets.UTF_8));
              }
            }));

    // It prints a stack for every request that a client got wrong.
    context.getLogger("com.amazonaws.services.dynamodbv2.local").setLevel(Level.OFF);
    context.getLogger("org.eclipse.jetty").setLevel(Level.WARN);
  }

  private static PatternLayoutEncoder encoder(LoggerContext context, String pattern) {
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(pattern);
    encoder.start();
    return encoder;
  }

  private static Appender<ILoggingEvent> started(
      LoggerContext context, Appender<ILoggingEvent> appender) {
    appender.setContext(context);
    appender.start();
    return appender;
  }
}
