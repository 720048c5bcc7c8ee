package io.leadloom.platform;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricResolution;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** Metrics of a process without CloudWatch: nobody reads them, so they go nowhere. */
final class NoMetrics implements Metrics {

  @Override
  public void addMetric(String name, double value, MetricUnit unit, MetricResolution resolution) {}

  @Override
  public void addDimension(DimensionSet dimensions) {}

  @Override
  public void setTimestamp(Instant at) {}

  @Override
  public void addMetadata(String key, Object value) {}

  @Override
  public void setDefaultDimensions(DimensionSet dimensions) {}

  @Override
  public DimensionSet getDefaultDimensions() {
    return DimensionSet.of("service", "leadloom");
  }

  @Override
  public void setNamespace(String namespace) {}

  @Override
  public void setRaiseOnEmptyMetrics(boolean raise) {}

  @Override
  public void clearDefaultDimensions() {}

  @Override
  public void flush() {}

  @Override
  public void captureColdStartMetric(
      @Nullable Context context, @Nullable DimensionSet dimensions) {}

  @Override
  public void captureColdStartMetric(@Nullable DimensionSet dimensions) {}

  @Override
  public void flushMetrics(Consumer<Metrics> consumer) {}
}
