package io.leadloom.platform;

import io.micronaut.context.ApplicationContext;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.lambda.powertools.metrics.MetricsFactory;

/**
 * The beans of a function, wired at build time. Handlers ask it for their use case in the
 * constructor that the Lambda runtime calls; nothing else does.
 */
public final class Wiring {

  private static @Nullable ApplicationContext context;

  private Wiring() {}

  /** The bean of a type; the first call builds the context from the process's environment. */
  public static synchronized <T> T bean(Class<T> type) {
    if (context == null) {
      context = build(new Settings(System.getenv()), Clock.systemUTC());
    }
    return context.getBean(type);
  }

  /**
   * Wires a process that is not a Lambda function: a local stack, which has its own clock and whose
   * variables are not the process's. Variables named {@code AWS_…} that the SDK knows become its
   * system properties. A context wired before is closed.
   */
  public static synchronized void start(Map<String, String> variables, Clock clock) {
    if (context != null) {
      context.close();
    }
    property(variables, "AWS_REGION", "aws.region");
    property(variables, "AWS_ACCESS_KEY_ID", "aws.accessKeyId");
    property(variables, "AWS_SECRET_ACCESS_KEY", "aws.secretAccessKey");
    property(variables, "AWS_ENDPOINT_URL", "aws.endpointUrl");
    property(variables, "AWS_ENDPOINT_URL_DYNAMODB", "aws.endpointUrlDynamoDb");
    property(variables, "AWS_ENDPOINT_URL_SESV2", "aws.endpointUrlSesV2");
    property(variables, "AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "aws.endpointUrlBedrockRuntime");
    MetricsFactory.setMetricsProvider(NoMetrics::new);
    context = build(new Settings(variables), clock);
  }

  private static void property(Map<String, String> variables, String variable, String property) {
    var value = variables.get(variable);
    if (value == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, value);
    }
  }

  private static ApplicationContext build(Settings settings, Clock clock) {
    var built = ApplicationContext.builder().deduceEnvironment(false).banner(false).build();
    built.registerSingleton(Settings.class, settings);
    built.registerSingleton(Clock.class, clock);
    return built.start();
  }
}
