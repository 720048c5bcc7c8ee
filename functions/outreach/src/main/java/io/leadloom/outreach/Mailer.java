package io.leadloom.outreach;

import io.leadloom.model.TenantId;
import io.leadloom.model.fault.TransientException;
import java.time.Duration;

/** A provider that sends mail. */
interface Mailer {

  /** Its name in a tenant's settings. */
  String name();

  /** Id of its price in the packs' cost table. */
  String costUnit();

  /**
   * How long after an attempt the same message can be handed over again without being sent twice;
   * zero where the provider does not recognise a repetition.
   */
  Duration recognisesFor();

  /**
   * Hands over a message.
   *
   * @throws TransientException where it may work in a while; a provider that does not recognise a
   *     repetition has not taken the message then
   */
  Handover send(TenantId tenant, Mail mail);

  /** What became of a message. */
  sealed interface Handover {

    /** The provider has it, under its own id. */
    record Accepted(String providerId) implements Handover {}

    /** The provider will not have it, now or later. */
    record Refused(String problem) implements Handover {}

    /** Whether the provider has it cannot be found out. */
    record Unknown(String problem) implements Handover {}
  }
}
