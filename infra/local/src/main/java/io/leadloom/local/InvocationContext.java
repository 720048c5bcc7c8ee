package io.leadloom.local;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import io.leadloom.local.template.FunctionResource;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a function is told about its invocation. Remaining time is real time. */
final class InvocationContext implements Context {

  private final FunctionResource function;
  private final String requestId;
  private final String arn;
  private final String version;
  private final String logStream;
  private final InvocationLog log;
  private final long deadlineNanos;

  InvocationContext(
      FunctionResource function,
      String requestId,
      String arn,
      String version,
      String logStream,
      InvocationLog log) {
    this.function = function;
    this.requestId = requestId;
    this.arn = arn;
    this.version = version;
    this.logStream = logStream;
    this.log = log;
    this.deadlineNanos = System.nanoTime() + function.timeout().toNanos();
  }

  @Override
  public String getAwsRequestId() {
    return requestId;
  }

  @Override
  public String getLogGroupName() {
    return "/aws/lambda/" + function.name();
  }

  @Override
  public String getLogStreamName() {
    return logStream;
  }

  @Override
  public String getFunctionName() {
    return function.name();
  }

  @Override
  public String getFunctionVersion() {
    return version;
  }

  @Override
  public String getInvokedFunctionArn() {
    return arn;
  }

  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  public @Nullable ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getRemainingTimeInMillis() {
    var left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
    return Math.clamp(left, 0, Integer.MAX_VALUE);
  }

  @Override
  public int getMemoryLimitInMB() {
    return function.memoryMegabytes();
  }

  @Override
  public LambdaLogger getLogger() {
    return new LambdaLogger() {
      @Override
      public void log(String message) {
        log.line(message);
      }

      @Override
      public void log(byte[] message) {
        log(new String(message, StandardCharsets.UTF_8));
      }
    };
  }
}
