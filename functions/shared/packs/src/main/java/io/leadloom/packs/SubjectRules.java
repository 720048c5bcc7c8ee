package io.leadloom.packs;

/**
 * What a subject must keep to. It is one line, has no placeholder left and no banned phrase.
 *
 * @param maxChars longest subject in characters
 * @param maxWords most words
 */
public record SubjectRules(int maxChars, int maxWords) {}
