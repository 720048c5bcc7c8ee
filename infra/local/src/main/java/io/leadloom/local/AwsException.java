package io.leadloom.local;

/** A refusal of an AWS service, by the name of its exception on the wire. */
final class AwsException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String type;
  private final int status;

  AwsException(String type, String message) {
    this(type, 400, message);
  }

  AwsException(String type, int status, String message) {
    super(message);
    this.type = type;
    this.status = status;
  }

  String type() {
    return type;
  }

  int status() {
    return status;
  }

  boolean isThrottling() {
    return type.contains("Throttl");
  }

  /** Whether the same request may succeed later. */
  boolean mayPass() {
    return isThrottling() || status >= 500;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
