package io.leadloom.audit;

import io.leadloom.model.Seal;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Audit;
import io.leadloom.platform.Audit.Recorded;
import jakarta.inject.Singleton;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All of a tenant's audit, read bit by bit. */
@Singleton
public final class AuditTrail {

  private static final int AT_ONCE = 500;

  /** A seal has up to some 13 kB. */
  private static final int SEALS_AT_ONCE = 50;

  private final Audit audit;

  AuditTrail(Audit audit) {
    this.audit = audit;
  }

  /** Where the chain ends. */
  public Head head(TenantId tenant) {
    return audit.lastSeal(tenant).map(Head::of).orElse(Head.NONE);
  }

  /** Checks all of it, against where the chain ended once if that is known. */
  public ChainCheck.Verdict check(TenantId tenant, Optional<Head> known) {
    return ChainCheck.of(snapshot(tenant), known);
  }

  /** Gives the lines of an {@link AuditFile}. */
  public void export(TenantId tenant, Consumer<String> lines) {
    AuditFile.write(snapshot(tenant), lines);
  }

  private Snapshot snapshot(TenantId tenant) {
    var head = head(tenant);
    return new Snapshot(head, () -> seals(tenant, head), () -> entries(tenant), () -> head(tenant));
  }

  private Iterator<Seal> seals(TenantId tenant, Head head) {
    return new Pages<>(last -> {
      var from = last == null ? 0 : last.number();
      var most = (int) Math.min(SEALS_AT_ONCE, head.number() - from);
      return most <= 0 ? List.of() : audit.seals(tenant, from, most);
    });
  }

  private Iterator<Recorded> entries(TenantId tenant) {
    return new Pages<>(last -> audit.list(tenant, last == null ? null : last.key(), AT_ONCE));
  }

  private static final class Pages<T> implements Iterator<T> {

    private final Function<@Nullable T, List<T>> after;
    private List<T> page;
    private int at;

    Pages(Function<@Nullable T, List<T>> after) {
      this.after = after;
      this.page = after.apply(null);
    }

    @Override
    public boolean hasNext() {
      if (at == page.size() && !page.isEmpty()) {
        page = after.apply(page.getLast());
        at = 0;
      }
      return at < page.size();
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return page.get(at++);
    }
  }
}
