package io.leadloom.local.template;

import java.util.Optional;

/**
 * An archive of an event bus.
 *
 * @param bus the name of the event bus
 * @param pattern which events it keeps, as JSON; all of them if empty
 * @param retentionDays how long it keeps them; 0 for always
 */
public record ArchiveResource(
    String name,
    String bus,
    Optional<String> description,
    Optional<String> pattern,
    int retentionDays) {}
