package io.leadloom.webhooks;

import java.util.Arrays;
import java.util.Optional;

/** Resend's events from which something follows; of the others, such as sent, nothing does. */
enum ResendEvent {
  DELIVERED("email.delivered"),
  OPENED("email.opened"),
  CLICKED("email.clicked"),
  BOUNCED("email.bounced"),
  SUPPRESSED("email.suppressed"),
  COMPLAINED("email.complained"),
  FAILED("email.failed");

  private final String type;

  ResendEvent(String type) {
    this.type = type;
  }

  /** The event of a type, as Resend writes it. */
  static Optional<ResendEvent> of(String type) {
    return Arrays.stream(values()).filter(event -> event.type.equals(type)).findFirst();
  }
}
