package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;

/** A service behind AWS's JSON protocol. */
interface JsonApi {

  /**
   * @param action for example {@code PutEvents}
   * @throws AwsException when the service refuses
   */
  JsonNode call(String action, JsonNode request);

  /** What a service says to an action that it does not have here. */
  static AwsException unknown(String service, String action) {
    return new AwsException(
        "UnknownOperationException",
        "The local stack does not know the action " + action + " of " + service);
  }
}
