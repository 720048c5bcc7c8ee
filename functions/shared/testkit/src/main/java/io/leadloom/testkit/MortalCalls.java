package io.leadloom.testkit;

import java.util.Set;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Ends the calls of every SDK client when the {@link Lifetime} ends, and lets them wait for their
 * turn where there are {@link Interleavings}. The SDK finds it by the file {@code
 * software/amazon/awssdk/global/handlers/execution.interceptors}.
 */
public final class MortalCalls implements ExecutionInterceptor {

  private static final Set<String> READS =
      Set.of("GetItem", "BatchGetItem", "Query", "Scan", "GetSecretValue");

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    Interleavings.beforeCall();
    Lifetime.current().live();
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    var operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    if (!READS.contains(operation)) {
      Lifetime.current().wrote(operation);
    }
    Interleavings.afterCall();
  }
}
