package io.leadloom.simulators;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the simulators brought about so far: messages, bookings, reactions, credits. Everything is
 * in a file before it counts, and rebuilt from it at the start.
 *
 * <p>To decide and to record are one step under {@link #atomically}; so no idempotency key is taken
 * twice, whatever comes at the same time.
 */
final class World implements AutoCloseable {

  /** How long Resend remembers an idempotency key. */
  private static final Duration KEY_LIFETIME = Duration.ofHours(24);

  /** An earlier request with an idempotency key. */
  record Earlier(String messageId, String bodyHash) {}

  private record Keyed(Earlier earlier, Instant at) {}

  private final JsonLines file;
  private final Map<String, Message> messages = new LinkedHashMap<>();
  private final Map<String, Integer> received = new HashMap<>();
  private final Map<List<String>, Keyed> keys = new HashMap<>();
  private final Map<String, List<JsonNode>> bookings = new HashMap<>();
  private final Set<String> done = new HashSet<>();
  private final Map<String, Integer> credits = new HashMap<>();
  private final List<JournalLine> effects = new ArrayList<>();

  private World(Path file) {
    this.file = JsonLines.open(file, line -> apply(read(line)));
  }

  static World open(Path file) {
    return new World(file);
  }

  /** Runs a decision and what it records as one step. */
  synchronized <T> T atomically(Supplier<T> decision) {
    return decision.get();
  }

  synchronized void record(Happening happening) {
    file.append(happening);
    apply(happening);
  }

  /** What was sent with this key within the last 24 hours. */
  synchronized Optional<Earlier> earlier(String tenant, String key, Instant now) {
    return Optional.ofNullable(keys.get(List.of(tenant, key)))
        .filter(keyed -> now.isBefore(keyed.at().plus(KEY_LIFETIME)))
        .map(Keyed::earlier);
  }

  /** How many messages of the tenant this address got so far: touches, or notices. */
  synchronized int received(String tenant, String address, boolean notices) {
    return received.getOrDefault(mailbox(tenant, address, notices), 0);
  }

  synchronized Optional<Message> message(String id) {
    return Optional.ofNullable(messages.get(id));
  }

  synchronized List<Message> messages() {
    return List.copyOf(messages.values());
  }

  synchronized List<JsonNode> bookings(String tenant) {
    return List.copyOf(bookings.getOrDefault(tenant, List.of()));
  }

  synchronized boolean isDone(String reaction) {
    return done.contains(reaction);
  }

  /** Credits spent at a provider by a tenant. */
  synchronized int credits(String provider, String tenant) {
    return credits.getOrDefault(provider + " " + tenant, 0);
  }

  /** The journal's lines of all that had an effect. */
  synchronized List<JournalLine> effects() {
    return List.copyOf(effects);
  }

  @Override
  public void close() {
    file.close();
  }

  private void apply(Happening happening) {
    switch (happening) {
      case Happening.MessageSent(var message, var key, var bodyHash, var line) -> {
        messages.put(message.id(), message);
        message
            .touches()
            .forEach((address, touch) ->
                received.merge(mailbox(message.tenant(), address, touch == 0), 1, Integer::sum));
        if (key != null) {
          var earlier = new Earlier(message.id(), bodyHash);
          keys.put(List.of(message.tenant(), key), new Keyed(earlier, message.at()));
        }
        effects.add(line);
      }
      case Happening.BookingMade(var tenant, var booking, var line) -> {
        bookings.computeIfAbsent(tenant, t -> new ArrayList<>()).add(booking);
        effects.add(line);
      }
      case Happening.ReactionDone(var reaction, var at, var status) -> done.add(reaction);
      case Happening.CreditsSpent(var provider, var tenant, var spent) ->
          credits.merge(provider + " " + tenant, spent, Integer::sum);
    }
  }

  private static String mailbox(String tenant, String address, boolean notices) {
    return (notices ? "notices " : "touches ") + tenant + " " + address;
  }

  private static Happening read(JsonNode line) {
    try {
      return Json.MAPPER.treeToValue(line, Happening.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the simulators' state has an unknown line: " + line, e);
    }
  }
}
