package io.leadloom.packs;

import io.leadloom.model.Tenant;
import java.net.URI;
import java.util.List;

/**
 * A message as somebody proposes to send it.
 *
 * @param body plain text with its footer
 * @param facts what it may rely upon, as {@code name=value}
 * @param optOut the recipient's own link to opt out by
 */
public record ProposedMessage(
    TemplateKind kind,
    String subject,
    String body,
    List<String> facts,
    Tenant.Sender sender,
    URI optOut) {

  public ProposedMessage {
    facts = List.copyOf(facts);
  }
}
