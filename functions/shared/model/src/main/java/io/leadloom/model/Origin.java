package io.leadloom.model;

import org.jspecify.annotations.Nullable;

/**
 * From where something was done.
 *
 * @param via the function that did it, {@code cli}, or {@code unknown}
 * @param request id of the request that made it do so
 * @param address IP address of a person's or program's request
 * @param agent what that request said it came from (its {@code User-Agent})
 */
public record Origin(
    String via, @Nullable String request, @Nullable String address, @Nullable String agent) {

  /** Where nobody noted it. */
  public static final Origin UNKNOWN = new Origin("unknown", null, null, null);

  /** The command on an operator's machine. */
  public static final Origin CLI = new Origin("cli", null, null, null);
}
