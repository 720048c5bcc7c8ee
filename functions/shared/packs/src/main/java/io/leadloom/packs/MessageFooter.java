package io.leadloom.packs;

import io.leadloom.model.Tenant;
import java.net.URI;

/** What stands under every message: who writes, from where, and how to stop it. */
public final class MessageFooter {

  private MessageFooter() {}

  /** A pack's footer for a sender and a recipient's own link to opt out by. */
  public static String of(DraftingRules rules, Tenant.Sender sender, URI optOut) {
    return rules
        .footer()
        .replace("{{sender.name}}", sender.name())
        .replace("{{sender.company}}", sender.company())
        .replace("{{sender.postalAddress}}", sender.postalAddress())
        .replace("{{optOut}}", "To opt out, reply \"stop\" or use " + optOut)
        .strip();
  }

  /** A text with its footer. */
  public static String under(String text, String footer) {
    return text.strip() + "\n\n" + footer + "\n";
  }

  /** The text above the footer; the whole body where it does not end in that footer. */
  static String above(String body, String footer) {
    var text = body.strip();
    return text.endsWith(footer)
        ? text.substring(0, text.length() - footer.length()).strip()
        : text;
  }
}
