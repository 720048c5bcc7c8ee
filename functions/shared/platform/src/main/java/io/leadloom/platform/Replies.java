package io.leadloom.platform;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.LeadId;
import io.leadloom.model.Reply;
import io.leadloom.model.ReplyId;
import io.leadloom.model.TenantId;
import io.leadloom.model.TouchId;
import io.leadloom.model.fault.NotFoundException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came back from prospects, and which execution waits for it. A reply is stored before the
 * waiting execution is looked for, and an execution starts to wait before it looks for replies, so
 * that one of the two finds the other.
 */
@Singleton
public final class Replies {

  private final Table table;

  Replies(Table table) {
    this.table = table;
  }

  /** Keeps a reply unless it is there; tells whether it did. */
  public boolean add(TenantId tenant, Reply reply) {
    return table.putIfAbsent(item(tenant, reply));
  }

  /** Keeps a reply with the entry that tells of it, unless it is there; tells whether it did. */
  public boolean add(TenantId tenant, Reply reply, AuditEntry entry) {
    return table.together(
        new Write.IfAbsent(item(tenant, reply)), new Write.First(Audit.item(tenant, entry)));
  }

  /** Replaces a reply at the revision that was read, with the entry that tells of it. */
  public void change(TenantId tenant, Reply reply, AuditEntry entry) {
    table.replace(item(tenant, reply), reply.rev(), new Write.First(Audit.item(tenant, entry)));
  }

  /** The reply of that id; {@link NotFoundException} where there is none. */
  public Reply get(TenantId tenant, LeadId lead, ReplyId id) {
    return table
        .get(Keys.reply(tenant, lead, id), Reply.class)
        .orElseThrow(
            () -> new NotFoundException("reply.not-found", "There is no reply '" + id + "'"));
  }

  /** All replies of a lead, oldest first. */
  public List<Reply> of(TenantId tenant, LeadId lead) {
    return table.query(Keys.story(tenant, lead), "REPLY#", Reply.class).stream()
        .sorted(Comparator.comparing(Reply::receivedAt).thenComparing(r -> r.id().value()))
        .toList();
  }

  /** The oldest reply of a lead that its execution has not taken up yet. */
  public Optional<Reply> firstUnhandled(TenantId tenant, LeadId lead) {
    return of(tenant, lead).stream().filter(reply -> reply.handledAt() == null).findFirst();
  }

  /** Replies over all leads that no execution has taken up, latest first. */
  public List<Reply> unhandled(TenantId tenant, int limit) {
    return table.queryByStatus(Keys.openReplies(tenant), true, limit, Reply.class);
  }

  /**
   * The same, from one of them on.
   *
   * @param after place of the last one seen, as {@link #place} tells; null to start
   */
  public List<Reply> unhandled(TenantId tenant, @Nullable String after, int limit) {
    return table.queryByStatus(Keys.openReplies(tenant), true, after, limit, Reply.class);
  }

  /** Where a reply stands in that list. */
  public static String place(TenantId tenant, Reply reply) {
    return Keys.openReply(tenant, reply.receivedAt(), reply.id()).sk();
  }

  /** Notes that an execution waits for an answer to a touch, with the token that resumes it. */
  public void await(TenantId tenant, LeadId lead, Waiting waiting) {
    table.put(Item.of(Keys.waiting(tenant, lead), "waiting", waiting));
  }

  /** The execution that waits for an answer of the lead. */
  public Optional<Waiting> waiting(TenantId tenant, LeadId lead) {
    return table.get(Keys.waiting(tenant, lead), Waiting.class);
  }

  private static Item item(TenantId tenant, Reply reply) {
    return Item.of(Keys.reply(tenant, reply.lead(), reply.id()), "reply", reply)
        .indexed(
            reply.handledAt() == null
                ? Keys.openReply(tenant, reply.receivedAt(), reply.id())
                : null);
  }

  /** An execution that waits. The token may have been used: resuming twice is harmless. */
  public record Waiting(TouchId touch, String taskToken, Instant since) {}
}
