package io.leadloom.platform;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.UserId;
import java.util.Optional;

/**
 * The person who calls the API, as the authorizer proved it; a program with an API key is none.
 *
 * @param email verified by the identity provider
 * @param session the sign-in that the person's token stems from
 */
public record Person(UserId user, String email, String session) {

  /** The person in an authorizer's context, if that names one. */
  static Optional<Person> of(JsonNode context) {
    if (!context.hasNonNull("user")) {
      return Optional.empty();
    }
    return Optional.of(
        new Person(
            UserId.of(context.path("user").asText()),
            context.path("email").asText(),
            context.path("session").asText()));
  }
}
