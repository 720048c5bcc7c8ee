package io.leadloom.platform;

/**
 * A call that must not be repeated got no answer, so nobody knows whether it took effect. The
 * caller looks at the provider, or counts it as done.
 */
public final class UnknownOutcomeException extends RuntimeException {

  UnknownOutcomeException(String provider, Throwable cause) {
    super(provider + " did not answer a call that must not be repeated", cause);
  }
}
