package io.leadloom.notifications;

import io.leadloom.platform.Json;
import java.time.Instant;

/** The body of a webhook, in the form that Standard Webhooks asks for. */
record Payload(String type, Instant timestamp, Happening.Data data) {

  /** The text that is signed and sent, byte for byte. */
  static String of(Happening happening) {
    return Json.write(new Payload(happening.type().code(), happening.at(), happening.data()));
  }
}
