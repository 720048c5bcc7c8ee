package io.leadloom.platform;

import com.amazonaws.services.lambda.runtime.Context;
import io.leadloom.model.Origin;
import io.leadloom.model.fault.Fault;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * The scope of one call of a function: log lines carry the request and the ids of what it is about,
 * and count, duration and faults go out as metrics. It alone knows Powertools.
 */
@Singleton
public final class Invocations {

  private static final Logger LOG = LoggerFactory.getLogger(Invocations.class);

  private final Metrics metrics;

  Invocations() {
    metrics = MetricsFactory.getMetricsInstance();
    metrics.setNamespace("Leadloom");
  }

  /** Does {@code work} in a scope; {@code ids} are ids only, never names, addresses or texts. */
  public <T> T run(Context context, Map<String, String> ids, Supplier<T> work) {
    var started = System.nanoTime();
    var function = context.getFunctionName();
    MDC.put("requestId", context.getAwsRequestId());
    MDC.put("function", function);
    ids.forEach(MDC::put);
    try {
      var origin = new Origin(function, context.getAwsRequestId(), null, null);
      var result = Origins.of(origin, work);
      measured(function, "Succeeded", started);
      return result;
    } catch (Fault fault) {
      LOG.warn(
          "{} failed with {}: {}", function, fault.code(), fault.getMessage(), fault.getCause());
      measured(function, "Faults", started);
      throw fault;
    } catch (RuntimeException e) {
      LOG.error("{} failed unexpectedly", function, e);
      measured(function, "Errors", started);
      throw e;
    } finally {
      MDC.clear();
    }
  }

  private synchronized void measured(String function, String outcome, long started) {
    metrics.addDimension("function", function);
    metrics.addMetric(outcome, 1, MetricUnit.COUNT);
    metrics.addMetric(
        "Duration",
        Duration.ofNanos(System.nanoTime() - started).toMillis(),
        MetricUnit.MILLISECONDS);
    metrics.flush();
  }
}
