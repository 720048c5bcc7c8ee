package io.leadloom.webhooks;

import io.leadloom.platform.Inbox;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Processes a stored webhook. Only when all is done is it marked so. */
@Singleton
final class ProcessWebhook {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessWebhook.class);

  private final Map<String, EventProcessor> processors;
  private final Inbox inbox;

  ProcessWebhook(List<EventProcessor> processors, Inbox inbox) {
    this.processors =
        processors.stream()
            .collect(Collectors.toMap(EventProcessor::provider, Function.identity()));
    this.inbox = inbox;
  }

  void run(String provider, String eventId) {
    if (inbox.isProcessed(provider, eventId)) {
      return;
    }
    var event = inbox.find(provider, eventId);
    var processor = processors.get(provider);
    if (event.isEmpty() || processor == null) {
      LOG.warn("There is no webhook {} of {} to process", eventId, provider);
      return;
    }
    processor.process(event.get());
    inbox.processed(provider, eventId);
  }
}
