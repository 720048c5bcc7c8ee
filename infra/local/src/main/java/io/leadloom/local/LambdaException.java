package io.leadloom.local;

/** An invocation that Lambda itself refuses; the function was not run. */
final class LambdaException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String type;
  private final int status;

  private LambdaException(String type, int status, String message) {
    super(message);
    this.type = type;
    this.status = status;
  }

  static LambdaException notFound(String arn) {
    return new LambdaException("ResourceNotFoundException", 404, "Function not found: " + arn);
  }

  static LambdaException throttled() {
    return new LambdaException("TooManyRequestsException", 429, "Rate Exceeded.");
  }

  static LambdaException serviceFailed() {
    return new LambdaException(
        "ServiceException", 500, "The service failed, by the faults asked for.");
  }

  static LambdaException tooLarge(int limit) {
    return new LambdaException(
        "RequestEntityTooLargeException",
        413,
        "Request must be smaller than " + limit + " bytes for the InvokeFunction operation");
  }

  static LambdaException invalidType(String type) {
    return new LambdaException(
        "InvalidParameterValueException",
        400,
        "The invocation type is RequestResponse, Event or DryRun, but was " + type);
  }

  static LambdaException invalidContent(String why) {
    return new LambdaException(
        "InvalidRequestContentException", 400, "Could not parse request body into json: " + why);
  }

  String type() {
    return type;
  }

  int status() {
    return status;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
