package io.leadloom.webhooks;

import io.leadloom.model.Touch;

/**
 * How far a touch has come, by its status. Providers tell in any order, so a status only gives way
 * to one that stands higher.
 */
final class Standing {

  private Standing() {}

  static int of(Touch.Status status) {
    return switch (status) {
      // A provider's report about a message that we never handed over is not about this touch.
      case PLANNED, STOPPED -> Integer.MAX_VALUE;
      case UNKNOWN -> 0;
      case SENDING -> 1;
      case SENT -> 2;
      case DELIVERED -> 3;
      case BOUNCED -> 4;
      case COMPLAINED -> 5;
    };
  }
}
