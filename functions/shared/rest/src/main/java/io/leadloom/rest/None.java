package io.leadloom.rest;

/** No query, or no body. */
public record None() {}
