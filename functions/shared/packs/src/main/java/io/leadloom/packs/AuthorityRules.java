package io.leadloom.packs;

/**
 * Whether a contact decides.
 *
 * @param max cap of the component
 * @param titles how a title is ranked
 */
public record AuthorityRules(int max, TitleRules titles) {}
