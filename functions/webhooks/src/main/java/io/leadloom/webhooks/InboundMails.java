package io.leadloom.webhooks;

import io.leadloom.model.Ids;
import io.leadloom.model.Lead;
import io.leadloom.model.LeadRef;
import io.leadloom.model.Reply;
import io.leadloom.model.ReplyId;
import io.leadloom.model.TenantId;
import io.leadloom.model.Touch;
import io.leadloom.model.text.MailOrigin;
import io.leadloom.model.text.OptOut;
import io.leadloom.platform.Inbox.InboxEvent;
import io.leadloom.platform.Json;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Links;
import io.leadloom.platform.Touches;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Mails to our reply addresses, which Postmark takes in for us. */
@Singleton
final class InboundMails implements EventProcessor {

  private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{32}");

  private final Links links;
  private final Leads leads;
  private final Touches touches;
  private final Arrivals arrivals;

  InboundMails(Links links, Leads leads, Touches touches, Arrivals arrivals) {
    this.links = links;
    this.leads = leads;
    this.touches = touches;
    this.arrivals = arrivals;
  }

  @Override
  public String provider() {
    return "postmark";
  }

  @Override
  public void process(InboxEvent event) {
    var mail = Json.read(event.body(), InboundMail.class);
    var at = event.receivedAt();
    var ref = find(event.tenant(), mail);
    var lead = ref.flatMap(r -> leads.find(r.tenant(), r.lead()));
    if (!mail.record().equals("Inbound") || ref.isEmpty() || lead.isEmpty()) {
      arrivals.note(event.tenant(), "reply.unmatched", event.id(), "postmark." + mail.record(), at);
      return;
    }
    var touch = touch(ref.get());
    switch (MailOrigin.of(mail.headers(), mail.from(), mail.subject(), mail.text())) {
      case DELIVERY_FAILED -> {
        if (touch.isPresent()) {
          cameBack(ref.get(), touch.get(), at);
        }
      }
      case DELIVERY_DELAYED ->
          arrivals.note(
              event.tenant(),
              "touch.delayed",
              ref.get().lead().value(),
              "mail.delivery-delayed",
              at);
      case AUTOMATIC -> arrivals.reply(event.tenant(), reply(event, mail, ref.get()));
      case PERSON -> {
        OptOut.in(mail.text())
            .ifPresent(reason ->
                addresses(lead.get(), touch, mail)
                    .forEach(address -> arrivals.suppress(ref.get(), address, reason, at)));
        arrivals.reply(event.tenant(), reply(event, mail, ref.get()));
      }
    }
  }

  /** Anybody can write a mail that looks like a report, so it holds for the tenant alone. */
  private void cameBack(LeadRef ref, Touch touch, Instant at) {
    arrivals.suppress(ref, touch.to(), "bounce.hard", at);
    arrivals.mark(ref.tenant(), touch, Touch.Status.BOUNCED, null);
    arrivals.report(ref, touch, Reply.Kind.BOUNCE, at);
  }

  private Optional<LeadRef> find(TenantId tenant, InboundMail mail) {
    return Optional.of(mail.replyToken())
        .filter(token -> TOKEN.matcher(token).matches())
        .flatMap(token -> links.find("reply-token", token))
        .or(() ->
            mail.answers().stream()
                .flatMap(id -> links.find("message-id", Ids.hash(id)).stream())
                .findFirst())
        .filter(ref -> ref.tenant().equals(tenant));
  }

  private Optional<Touch> touch(LeadRef ref) {
    var id = ref.touch();
    return id == null ? Optional.empty() : touches.find(ref.tenant(), ref.lead(), id);
  }

  /** Who opts out may write from another address than the one that we wrote to. */
  private static Set<String> addresses(Lead lead, Optional<Touch> touch, InboundMail mail) {
    var addresses = new LinkedHashSet<String>();
    var contact = lead.contact();
    if (contact != null) {
      addresses.add(contact.email());
    }
    touch.ifPresent(t -> addresses.add(t.to()));
    addresses.add(mail.from());
    addresses.removeIf(String::isBlank);
    return addresses;
  }

  private static Reply reply(InboxEvent event, InboundMail mail, LeadRef ref) {
    return new Reply(
        ReplyId.of(Ids.derive("reply", event.id())),
        ref.lead(),
        ref.touch(),
        Reply.Kind.MESSAGE,
        mail.from(),
        mail.subject(),
        mail.text(),
        mail.messageId(),
        mail.headers(),
        event.receivedAt(),
        null,
        null,
        null,
        null,
        0);
  }
}
