package io.leadloom.cloud.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Skips a test where the target answers that it does not have what is asked for, and says at the
 * end what was skipped. An answer that is only wrong fails the test.
 */
final class Lacks
    implements TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler,
        AfterAllCallback {

  private static final Set<String> CODES =
      Set.of(
          "InvalidAction",
          "NotImplemented",
          "UnknownOperation",
          "UnknownOperationException",
          "UnsupportedOperationException");

  private final List<String> lacked = new ArrayList<>();

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable error)
      throws Throwable {
    if (error instanceof AwsServiceException refused && isLacking(refused)) {
      lacked.add(context.getDisplayName() + " " + refused.getMessage());
      throw new TestAbortedException("The target lacks this: " + refused.getMessage(), refused);
    }
    throw error;
  }

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable error)
      throws Throwable {
    handleTestExecutionException(context, error);
  }

  private static boolean isLacking(AwsServiceException refused) {
    var details = refused.awsErrorDetails();
    return refused.statusCode() == 501
        || (details != null && details.errorCode() != null && CODES.contains(details.errorCode()));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    System.out.printf("%s: %d skipped%n", context.getDisplayName(), lacked.size());
    lacked.forEach(name -> System.out.println("  skipped " + name));
  }
}
