package io.leadloom.webhooks;

import io.leadloom.platform.Inbox.InboxEvent;

/** Understands the events of a provider. */
interface EventProcessor {

  /** The provider's name. */
  String provider();

  /** Does what follows from an event; may see the same one again. */
  void process(InboxEvent event);
}
