package io.leadloom.simulators;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A mail that reached people.
 *
 * @param id the provider's id
 * @param tenant whose account it was sent from; empty where the provider cannot tell
 * @param at when it was sent
 * @param from the sender as in the mail, name and address
 * @param touches the bare addresses it went to, each with how many messages of this tenant have
 *     reached the person by now, this one included; 0 for a {@linkplain #isNotice notice}
 * @param replyTo where replies go
 * @param messageId the Message-ID, with angle brackets
 */
record Message(
    String id,
    String provider,
    String tenant,
    Instant at,
    String from,
    LinkedHashMap<String, Integer> touches,
    @Nullable String replyTo,
    String subject,
    @Nullable String text,
    @Nullable String html,
    Map<String, String> headers,
    Map<String, String> tags,
    String messageId) {

  private static final String APPROVERS = "@approvers.leadloom.example";

  /** Whether a mail to this address with these tags is for our own people, who do not react. */
  static boolean isNotice(String address, Map<String, String> tags) {
    return "notice".equals(tags.get("kind")) || address.endsWith(APPROVERS);
  }

  /** The value of a header, whatever the case of its name. */
  Optional<String> header(String name) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
