package io.leadloom.console;

/** A draft that waits for a decision, as a line of a table. */
public record ApprovalRow(
    String lead,
    String company,
    String link,
    String subject,
    String purpose,
    int score,
    String asked,
    String askedUtc,
    String expires,
    String expiresUtc) {}
