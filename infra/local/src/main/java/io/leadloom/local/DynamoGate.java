package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What stands before DynamoDB Local and sees every request, whichever way it comes. */
interface DynamoGate {

  /**
   * Called for each request that is not the stack's own.
   *
   * @param target the value of X-Amz-Target
   * @throws AwsException when the request is refused
   */
  void admit(String target, byte[] body);

  /**
   * An answer in the table's stead, if there is one.
   *
   * @param action for example {@code PutItem}
   * @throws AwsException when the request is refused
   */
  Optional<JsonNode> answer(String action, byte[] body);

  /** Called before a request is let in; what it returns is closed when the request is done. */
  Passage enter(String action, byte[] body);

  /** A request under way. */
  interface Passage extends AutoCloseable {
    @Override
    void close();
  }
}
