package io.leadloom.platform;

import io.leadloom.model.TenantId;
import io.leadloom.model.fault.TransientException;
import jakarta.inject.Singleton;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Sends messages to queues. */
@Singleton
public final class Queues {

  private final SqsClient sqs;

  Queues(SqsClient sqs) {
    this.sqs = sqs;
  }

  /**
   * Sends a message; it may arrive more than once. The tenant is its group, by which the queue
   * keeps a tenant with much to do from standing in the way of others.
   */
  public void send(TenantId tenant, String queueUrl, Object message) {
    try {
      sqs.sendMessage(b ->
          b.queueUrl(queueUrl).messageBody(Json.write(message)).messageGroupId(tenant.value()));
    } catch (SdkException e) {
      throw new TransientException("queue.unreachable", "A message could not be queued", e);
    }
  }
}
