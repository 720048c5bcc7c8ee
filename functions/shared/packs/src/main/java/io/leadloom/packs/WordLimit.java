package io.leadloom.packs;

/** The least and the most words, both inclusive. */
public record WordLimit(int min, int max) {}
