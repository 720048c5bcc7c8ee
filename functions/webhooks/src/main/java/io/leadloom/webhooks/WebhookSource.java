package io.leadloom.webhooks;

import io.leadloom.model.TenantId;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.platform.HttpRequest;
import java.util.Optional;

/** A provider that tells us what happened by calling us. */
interface WebhookSource {

  /** Its name in the path, and of its member in a tenant's credentials. */
  String provider();

  /**
   * What a genuine call tells; nothing where it was forged, is too old, or the tenant has no secret
   * to check it with.
   *
   * @throws InvalidInputException where a genuine call cannot be read
   */
  Optional<Told> verify(TenantId tenant, HttpRequest request);

  /**
   * A genuine call.
   *
   * @param id the provider's own id of the event, the same when it is told again
   * @param body what of it is kept
   * @param matters whether anything can follow from it
   */
  record Told(String id, String body, boolean matters) {}
}
